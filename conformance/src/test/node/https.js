'use strict';
// The cases of objects, uploads and temporary keys as a program for the real service would run them: by https, with its host names.

require('./objects.js');
require('./sts.js');
require('./uploads.js');
require('./runner.js').main();
