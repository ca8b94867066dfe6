'use strict';

// Brings up Node's JavaScript side and gives the loop the functions it calls (lib/internal/bootstrap of Node).
// `host` is the only thing that exists before this runs.

const loaded = new Map();
const asked = new Set(); // by somebody other than `preload`
let preloading = false;
const process = Object.create(Object.create(null, { constructor: { value: { process: class process {} }.process } }));

/** A builtin's exports; it is evaluated when first asked for. */
function requireBuiltin(id) {
  if (!preloading) asked.add(id);
  const known = loaded.get(id);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(id, module);
  host.compileBuiltin(id)(module.exports, requireBuiltin, module, process, host);
  return module.exports;
}

host.isLoaded = (id) => asked.has(id);

/** What packages ask for, and what is asked about them. */
const FOR_PACKAGES = [
  'crypto', 'dns', 'fs', 'net', 'path', 'string_decoder', 'util', 'util/types',
  'internal/watch-packages', 'internal/quick-pg',
];

/** Evaluates what programs often need before there is a program. Nobody can tell afterwards. */
function preload(...packages) {
  preloading = true;
  for (const id of ['console', 'internal/inspect', 'buffer', 'stream']) requireBuiltin(id);
  if (packages.length > 0) FOR_PACKAGES.forEach(requireBuiltin);
  packages.forEach(compilePackage);
  preloading = false;
}

require = requireBuiltin;

require('internal/engine-repairs');
require('internal/error-stack');
const { findDatabase } = require('internal/process');
require('internal/globals-setup');

const { runMain, resolveImport, requireAbsolute, initImportMeta, compilePackage } = require('internal/loader');
const { rejected, handled, processRejections } = require('internal/rejections');
const { uncaught, die, beforeExit, exit, end, watchMain } = require('internal/endings');

module.exports = {
  preload,
  runMain,
  watchMain,
  resolveImport,
  requireAbsolute,
  initImportMeta,
  rejected,
  handled,
  processRejections,
  uncaught,
  die,
  beforeExit,
  exit,
  end,
  findDatabase,
};
