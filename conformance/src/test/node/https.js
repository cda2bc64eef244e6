'use strict';
// The cases of objects and uploads as a program for the real service would run them: by https, with its host names.

require('./objects.js');
require('./uploads.js');
require('./runner.js').main();
