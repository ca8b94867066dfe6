'use strict';

// Streams: the npm package readable-stream, which is Node's own source of them.

require('internal/dispose');

const stream = require('npm:readable-stream/lib/stream.js');

module.exports = stream;
