'use strict';

const posix = require('npm:path-browserify');

posix.posix = posix;
posix.toNamespacedPath = (path) => path;
posix._makeLong = posix.toNamespacedPath;

// There is no other platform inside the simulation, and few programs ask.
posix.win32 = null;

module.exports = posix;
