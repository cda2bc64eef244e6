'use strict';
// Every case of the official Node.js SDK against the server named by COFFER_ADDRESS.

require('./access.js');
require('./buckets.js');
require('./objects.js');
require('./uploads.js');
require('./versions.js');
require('./runner.js').main();
