'use strict';

// Whole folders: `opendir`, which walks one entry at a time, and `cp`.

const { codes } = require('internal/errors');
const { calls, request } = require('internal/fs/calls');
const { pathOf } = require('internal/fs/arguments');
const { fileError } = require('internal/system-errors');
const { validateFunction } = require('internal/validators');

/** An open folder. Entries are read ahead: one request for all of them. */
class Dir {
  #entries;
  #path;
  #closed = false;

  constructor(path, entries) {
    this.#path = path;
    this.#entries = entries;
  }
  get path() {
    return this.#path;
  }
  #check() {
    if (this.#closed) throw new codes.ERR_DIR_CLOSED();
  }

  readSync() {
    this.#check();
    return this.#entries.shift() ?? null;
  }
  read(callback) {
    if (callback === undefined) return new Promise((resolve, reject) => this.read((error, entry) => (error ? reject(error) : resolve(entry))));
    this.#check();
    process.nextTick(callback, null, this.#entries.shift() ?? null);
    return undefined;
  }
  closeSync() {
    this.#check();
    this.#closed = true;
  }
  close(callback) {
    if (callback === undefined) return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
    this.#check();
    this.#closed = true;
    request('closedir', this.#path, callback.name || 'dir.close', () => undefined, (error) => callback(error));
    return undefined;
  }
  async *entries() {
    try {
      for (let entry = await this.read(); entry !== null; entry = await this.read()) yield entry;
    } finally {
      await this.close();
    }
  }
  [Symbol.asyncIterator]() {
    return this.entries();
  }
}

const [, readdir] = calls.readdir;

/** The folder at `path`; Node's synchronous error does not name it, `shown` is what the other one names. */
function list(path, options, shown) {
  try {
    return new Dir(path, readdir(path, { recursive: false, ...options, withFileTypes: true }));
  } catch (error) {
    throw fileError(error.code, 'opendir', shown);
  }
}

function opendir(path, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  path = pathOf(path);
  request('opendir', path, callback.name || 'fs.opendir', () => list(path, options, path), callback);
}

const run = (name, ...args) => calls[name][1](...args);

/** Copies one entry and, with `recursive`, what is below it. */
function copy(from, to, options) {
  const { recursive = false, force = true, errorOnExist = false, filter } = options;
  if (filter && !filter(from, to)) return;
  if (!run('stat', from).isDirectory()) {
    const present = run('stat', to, { throwIfNoEntry: false }) !== undefined;
    if (present && !force) {
      if (errorOnExist) throw fileError('EEXIST', 'cp', from, to);
      return;
    }
    run('copyFile', from, to, 0);
    return;
  }
  if (!recursive) {
    const { define } = require('internal/errors');
    define('ERR_FS_EISDIR', Error, (path) => `Recursive option not enabled, cannot copy a directory: cp returned EISDIR (${path} is a directory (not copied)) ${path}`);
    throw new codes.ERR_FS_EISDIR(from);
  }
  run('mkdir', to, 0o777, true);
  for (const name of run('readdir', from, {})) copy(`${from}/${name}`, `${to}/${name}`, options);
}

function cp(from, to, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  validateFunction(callback, 'cb');
  [from, to] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  request('cp', from, callback.name || 'fs.cp', () => copy(from, to, options ?? {}), (error) => callback(error));
}

module.exports = {
  cp,
  cpSync: (from, to, options = {}) => copy(pathOf(from, 'src'), pathOf(to, 'dest'), options),
  Dir,
  opendir,
  opendirSync: (path, options) => list(pathOf(path), options),
};
