'use strict';

const { Module, isBuiltin, makeRequire, publicIds } = require('internal/loader');

module.exports = Module;
Module.Module = Module;
Module.builtinModules = publicIds;
Module.isBuiltin = isBuiltin;
Module.createRequire = function createRequire(from) {
  const path = String(from).replace(/^file:\/\//, '');
  return makeRequire(new Module(path, undefined));
};
