'use strict';

// Deep equality, loose and strict: the npm package assert's, which is Node's.

const { isDeepEqual, isDeepStrictEqual } = require('npm:assert/build/internal/util/comparisons.js');

module.exports = { isDeepEqual, isDeepStrictEqual };
