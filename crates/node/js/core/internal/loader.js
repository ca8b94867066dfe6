'use strict';

// CommonJS modules and the resolution of both kinds (lib/internal/modules of Node).

/** Builtins a program may ask for. */
const publicIds = host.builtinIds().filter((id) => !id.startsWith('internal/'));
const isBuiltin = (id) => publicIds.includes(id.startsWith('node:') ? id.slice(5) : id);

/** Packages of npm's that a program may ask for. */
const packageIds = host.packageIds();
const isPackage = (id) => packageIds.includes(id);
const packages = new Map();
const compiled = new Map();

/** The function that a package is; compiled once. */
function compilePackage(id) {
  if (!compiled.has(id)) compiled.set(id, host.compilePackage(id));
  return compiled.get(id);
}

/** A package's exports; it is evaluated when first asked for. Packages see builtins and each other. */
function packageExports(id) {
  const known = packages.get(id);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  packages.set(id, module);
  const requireFrom = (wanted) => {
    const found = resolve(wanted, undefined, '/');
    return isPackage(found) ? packageExports(found) : builtinExports(found);
  };
  compilePackage(id)(module.exports, requireFrom, module, process);
  require('internal/watch-packages').watch(id, module.exports);
  return module.exports;
}

const cache = Object.create(null);
let entries;

/** 'file', 'dir' or undefined: the tree the process started with, then what the program wrote. */
function kindOf(path) {
  if (entries === undefined) {
    entries = new Map();
    for (const [file, kind] of host.files()) {
      entries.set(file, kind);
      for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) entries.set(file.slice(0, at), 'dir');
    }
  }
  const kind = entries.get(path);
  if (kind !== undefined || !host.isLoaded('fs')) return kind;
  const fs = require('fs');
  if (!fs.existsSync(path)) return undefined;
  return fs.statSync(path).isDirectory() ? 'dir' : 'file';
}

function readText(path) {
  const bytes = host.isLoaded('fs') ? require('fs').readFileSync(path) : host.readFile(path);
  return require('buffer').Buffer.from(bytes).toString('utf8');
}

const join = (folder, path) => require('path').resolve(folder, path);
const folderOf = (path) => path.slice(0, Math.max(1, path.lastIndexOf('/')));

function asFile(path) {
  return ['', '.js', '.json', '.cjs', '.mjs'].map((ending) => path + ending).find((file) => kindOf(file) === 'file');
}

function asFolder(path) {
  if (kindOf(path) !== 'dir') return undefined;
  const described = join(path, 'package.json');
  if (kindOf(described) === 'file') {
    const { main } = JSON.parse(readText(described));
    const file = typeof main === 'string' ? asFile(join(path, main)) ?? asFile(join(join(path, main), 'index')) : undefined;
    if (file !== undefined) return file;
  }
  return asFile(join(path, 'index'));
}

function inPackages(id, folder) {
  for (let at = folder; ; at = folderOf(at)) {
    const path = join(at, `node_modules/${id}`);
    const found = asFile(path) ?? asFolder(path);
    if (found !== undefined || at === '/') return found;
  }
}

const whatThereIs = `\nThis simulated Node has: ${publicIds.join(', ')}.${packageIds.length > 0 ? `\nAnd the packages ${packageIds.join(', ')}.` : ''}`;

function unknownBuiltin(id) {
  const error = new Error(`No such built-in module: ${id}${whatThereIs}`);
  error.code = 'ERR_UNKNOWN_BUILTIN_MODULE';
  return error;
}

/** The message for what is not here; a bare name is told what there is. */
function notFound(id, parent) {
  const listed = /^[./]/.test(id) ? '' : whatThereIs;
  const stack = parent === undefined ? '' : `\nRequire stack:\n${ancestors(parent).map((path) => `- ${path}`).join('\n')}`;
  const error = new Error(`Cannot find module '${id}'${stack}${listed}`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = parent === undefined ? [] : ancestors(parent);
  return error;
}

function ancestors(module) {
  const paths = [];
  for (let at = module; at !== undefined && at !== null; at = at.parent) paths.push(at.filename);
  return paths;
}

function resolve(id, parent, folder) {
  if (typeof id !== 'string') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('id', 'string', id);
  }
  if (isBuiltin(id) || isPackage(id)) return id;
  if (id.startsWith('node:')) throw unknownBuiltin(id);
  const path = /^\.{0,2}\//.test(id) || id === '.' || id === '..' ? join(folder, id) : undefined;
  const found = path === undefined ? inPackages(id, folder) : asFile(path) ?? asFolder(path);
  if (found === undefined) throw notFound(id, parent);
  return found;
}

function Module(filename, parent) {
  this.id = filename;
  this.path = folderOf(filename);
  this.exports = {};
  this.filename = filename;
  this.loaded = false;
  this.children = [];
  this.paths = [];
  Object.defineProperty(this, 'parent', { value: parent, configurable: true, writable: true, enumerable: false });
  if (parent) parent.children.push(this);
}

Module.prototype.require = function (id) {
  return makeRequire(this)(id);
};

function makeRequire(module) {
  const folder = module.path;
  function require(id) {
    const found = resolve(id, module, folder);
    if (isPackage(found)) return packageExports(found);
    return isBuiltin(found) ? builtinExports(found) : load(found, module).exports;
  }
  require.resolve = function resolvePath(id) {
    return resolve(id, module, folder);
  };
  require.main = cache[host.main];
  require.cache = cache;
  require.extensions = Object.create(null);
  return require;
}

const builtinExports = (id) => (id.replace(/^node:/, '') === 'process' ? process : require(id.replace(/^node:/, '')));

function load(filename, parent) {
  const known = cache[filename];
  if (known !== undefined) {
    if (parent && !parent.children.includes(known)) parent.children.push(known);
    return known;
  }
  const module = new Module(filename, parent);
  if (filename === host.main) module.id = '.';
  cache[filename] = module;
  let done = false;
  try {
    run(module, filename);
    done = true;
  } finally {
    if (!done) delete cache[filename];
  }
  module.loaded = true;
  return module;
}

function run(module, filename) {
  if (filename.endsWith('.json')) {
    try {
      module.exports = JSON.parse(readText(filename));
    } catch (error) {
      error.message = `${filename}: ${error.message}`;
      throw error;
    }
    return;
  }
  if (filename.endsWith('.mjs')) {
    const error = new Error(`require() of ES Module ${filename} not supported.\nInstead change the require of ${filename} to a dynamic import() which is available in all CommonJS modules.`);
    error.code = 'ERR_REQUIRE_ESM';
    throw error;
  }
  const written = host.isLoaded('fs') && filename !== host.main ? readText(filename) : undefined;
  const body = host.compile(filename, written);
  Reflect.apply(body, module.exports, [module.exports, makeRequire(module), module, filename, folderOf(filename)]);
}

// ---- ES modules ----

function importError(message) {
  const error = new Error(message);
  error.code = 'ERR_MODULE_NOT_FOUND';
  return error;
}

/** What `import` means: an absolute path, or `node:` and a builtin's name. */
function resolveImport(specifier, from) {
  if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
  if (isPackage(specifier)) return `npm:${specifier}`;
  if (specifier.startsWith('file://')) specifier = specifier.slice(7);
  if (/^\.{0,2}\//.test(specifier)) {
    const path = join(folderOf(from), decodeURIComponent(specifier));
    if (kindOf(path) === 'file') return path;
    throw importError(`Cannot find module '${path}' imported from ${from}`);
  }
  if (specifier.startsWith('node:')) throw unknownBuiltin(specifier);
  const found = inPackages(specifier, folderOf(from));
  if (found !== undefined) return found;
  throw importError(`Cannot find package '${specifier}' imported from ${from}${whatThereIs}`);
}

function requireAbsolute(path) {
  if (path.startsWith('npm:')) return packageExports(path.slice(4));
  return path.startsWith('node:') ? builtinExports(path) : load(path, undefined).exports;
}

function initImportMeta(meta, path) {
  meta.dirname = folderOf(path);
  meta.filename = path;
  meta.resolve = (specifier) => {
    const found = resolveImport(specifier, path);
    return found.startsWith('node:') ? found : `file://${found}`;
  };
  meta.url = `file://${path}`;
}

const runMain = (path) => void load(path, null);

module.exports = { compilePackage, runMain, resolveImport, requireAbsolute, initImportMeta, isBuiltin, publicIds, makeRequire, Module };
