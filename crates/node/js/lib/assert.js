'use strict';

// The npm package assert, with Node 20's message for a bare `assert(false)`.

const assert = require('npm:assert');

module.exports = assert;
