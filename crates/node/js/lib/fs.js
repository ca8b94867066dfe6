'use strict';

// `fs`: the calls of internal/fs/calls.js with callbacks and as `…Sync`, and what is made of several of them.

const { calls, request } = require('internal/fs/calls');
const tree = require('internal/fs/tree');
const { bytesOf, decoded, fdOf, flagsOf, modeOf, optionsOf, pathOf, Dirent, Stats } = require('internal/fs/arguments');
const { AbortError } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const fs = {};
module.exports = fs;

/** Whether a file is named by a descriptor. */
const isFd = (path) => Number.isInteger(path) && path >= 0;

/** How a callback is introduced: by its name, or by what it waits for. */
const label = (callback, name) => callback.name || `fs.${name}`;

for (const [name, [check, run]] of Object.entries(calls)) {
  fs[name] = {
    [name](...args) {
      const callback = name === 'close' && args.length < 2 ? (error) => { if (error) throw error; } : args.pop();
      validateFunction(callback, 'cb');
      const checked = check(...args);
      const done = (error, result) => (error ? callback(error) : result === undefined ? callback(null) : callback(null, result));
      request(name, checked[0], label(callback, name), () => run(...checked), done);
    },
  }[name];
  fs[`${name}Sync`] = { [`${name}Sync`]: (...args) => run(...check(...args)) }[`${name}Sync`];
}
fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;

// ---- exists ----

const there = (path) => {
  try {
    tree.access(pathOf(path));
    return true;
  } catch {
    return false;
  }
};
fs.existsSync = there;
fs.exists = function exists(path, callback) {
  validateFunction(callback, 'cb');
  request('access', path, label(callback, 'exists'), () => there(path), (_, found) => callback(found));
};
fs.exists[Symbol.for('nodejs.util.promisify.custom')] = (path) => new Promise((resolve) => fs.exists(path, resolve));

// ---- read and write ----

/** The arguments of `read` and `write`, which come in several orders. */
function span(buffer, offset, length, position) {
  if (offset !== null && typeof offset === 'object') ({ offset = 0, length, position = null } = offset);
  offset ??= 0;
  length ??= buffer.byteLength - offset;
  require('internal/validators').validateInteger(offset, 'offset', 0);
  if (length < 0 || offset + length > buffer.byteLength) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_OUT_OF_RANGE('length', `<= ${buffer.byteLength - offset}`, length);
  }
  return [offset, length, typeof position === 'number' || typeof position === 'bigint' ? position : null];
}

fs.read = function read(fd, buffer, ...rest) {
  const callback = typeof buffer === 'function' ? buffer : rest.pop();
  validateFunction(callback, 'cb');
  let options = rest[0];
  if (!ArrayBuffer.isView(buffer)) {
    options = typeof buffer === 'function' ? {} : buffer ?? {};
    buffer = options.buffer ?? require('buffer').Buffer.alloc(16384);
    rest = [options];
  }
  const [offset, length, position] = span(buffer, ...rest);
  fdOf(fd);
  const done = (error, count) => callback(error, count ?? 0, buffer);
  request('read', undefined, label(callback, 'read'), () => tree.read(fd, buffer, offset, length, position), done, length);
};
fs.readSync = (fd, buffer, ...rest) => tree.read(fdOf(fd), buffer, ...span(buffer, ...rest));

/** Bytes and position from the arguments of `write`: a view with a span, or a string with a position and an encoding. */
function toWrite(data, rest) {
  if (typeof data === 'string') {
    const [position, encoding] = rest;
    return [bytesOf(data, typeof encoding === 'string' ? encoding : 'utf8'), typeof position === 'number' ? position : null];
  }
  const bytes = bytesOf(data);
  const [offset, length, position] = span(bytes, ...rest);
  return [bytes.subarray(offset, offset + length), position];
}

fs.write = function write(fd, data, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'cb');
  const [bytes, position] = toWrite(data, rest);
  fdOf(fd);
  const done = (error, count) => callback(error, count ?? 0, data);
  request('write', undefined, label(callback, 'write'), () => tree.write(fd, bytes, position), done, bytes.length);
};
fs.writeSync = (fd, data, ...rest) => tree.write(fdOf(fd), ...toWrite(data, rest));

const { argumentNames } = require('internal/promisify');
fs.read[argumentNames] = ['bytesRead', 'buffer'];
fs.write[argumentNames] = ['bytesWritten', 'buffer'];

// ---- Whole files ----

/** The bytes of a file, at most this many by one request. */
const CHUNK = 512 * 1024;

/** open, fstat, read as often as it takes, close: each is a request of its own. */
fs.readFile = function readFile(path, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'cb');
  const { encoding, flag, signal } = optionsOf(rest[0], { flag: 'r' });
  if (signal?.aborted) {
    process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
    return;
  }
  const owned = !isFd(path);
  if (owned) path = pathOf(path);
  const flags = flagsOf(flag);
  const name = label(callback, 'readFile');
  const step = (what, run, next, bytes) => request(what, owned ? path : undefined, name, run, next, bytes);
  const chunks = [];
  let fd = path;
  let size = 0;
  let got = 0;

  const finish = (error) => {
    const settle = () => {
      if (error) callback(error);
      else callback(null, decoded(joined(chunks, got), encoding));
    };
    if (owned) step('close', () => tree.close(fd), settle);
    else settle();
  };
  const read = () => {
    if (signal?.aborted) {
      finish(new AbortError(undefined, { cause: signal.reason }));
      return;
    }
    const buffer = new Uint8Array(size === 0 ? 65536 : Math.min(CHUNK, size - got));
    step('read', () => tree.read(fd, buffer, 0, buffer.length, null), (error, count) => {
      if (error) return finish(error);
      chunks.push(buffer.subarray(0, count));
      got += count;
      return count === 0 || got === size ? finish(null) : read();
    }, buffer.length);
  };
  const stat = () => step('fstat', () => tree.inodeOf(fd, 'fstat'), (error, inode) => {
    if (error) return finish(error);
    size = inode.kind === 'file' ? inode.size : 0;
    return read();
  });
  if (!owned) stat();
  else {
    step('open', () => tree.openFile(path, flags, 0o666), (error, opened) => {
      if (error) return callback(error);
      fd = opened;
      return stat();
    });
  }
};

function joined(chunks, size) {
  if (chunks.length === 1) return chunks[0];
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

fs.readFileSync = function readFileSync(path, options) {
  const { encoding, flag } = optionsOf(options, { flag: 'r' });
  const fd = isFd(path) ? path : tree.openFile(pathOf(path), flagsOf(flag), 0o666);
  try {
    const inode = tree.inodeOf(fd, 'fstat');
    const buffer = new Uint8Array(inode.kind === 'file' ? inode.size : 1);
    const count = tree.read(fd, buffer, 0, buffer.length, null);
    return decoded(buffer.subarray(0, count), encoding);
  } finally {
    if (!isFd(path)) tree.close(fd);
  }
};

function writeAll(name, defaults) {
  return {
    [name](path, data, ...rest) {
      const callback = rest.pop();
      validateFunction(callback, 'cb');
      const { encoding, mode, flag, signal } = optionsOf(rest[0], defaults);
      const bytes = bytesOf(data, encoding);
      const permissions = modeOf(mode, 0o666);
      if (signal?.aborted) {
        process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
        return;
      }
      const title = label(callback, name);
      const owned = !isFd(path);
      if (owned) path = pathOf(path);
      const target = owned ? path : undefined;
      const write = (fd) =>
        request('write', target, title, () => tree.write(fd, bytes, null), (error) => {
          if (!owned) callback(error);
          else request('close', target, title, () => tree.close(fd), (closing) => callback(error ?? closing));
        }, bytes.length);
      if (!owned) write(path);
      else {
        const flags = flagsOf(flag);
        request('open', target, title, () => tree.openFile(path, flags, permissions), (error, fd) => (error ? callback(error) : write(fd)));
      }
    },
  }[name];
}

function writeAllSync(path, data, options, defaults) {
  const { encoding, mode, flag } = optionsOf(options, defaults);
  const bytes = bytesOf(data, encoding);
  const fd = isFd(path) ? path : tree.openFile(pathOf(path), flagsOf(flag), modeOf(mode, 0o666));
  try {
    tree.write(fd, bytes, null);
  } finally {
    if (!isFd(path)) tree.close(fd);
  }
}

fs.writeFile = writeAll('writeFile', { encoding: 'utf8', flag: 'w' });
fs.appendFile = writeAll('appendFile', { encoding: 'utf8', flag: 'a' });
fs.writeFileSync = function writeFileSync(path, data, options) {
  writeAllSync(path, data, options, { encoding: 'utf8', flag: 'w' });
};
fs.appendFileSync = function appendFileSync(path, data, options) {
  writeAllSync(path, data, options, { encoding: 'utf8', flag: 'a' });
};

// ---- Loaded when asked for ----

fs.createReadStream = (path, options) => new fs.ReadStream(path, options);
fs.createWriteStream = (path, options) => new fs.WriteStream(path, options);
for (const name of ['ReadStream', 'WriteStream']) {
  Object.defineProperty(fs, name, { enumerable: true, configurable: true, get: () => require('internal/fs/streams')[name] });
}
for (const name of ['cp', 'cpSync', 'opendir', 'opendirSync']) {
  fs[name] = { [name]: (...args) => require('internal/fs/folders')[name](...args) }[name];
}
Object.defineProperty(fs, 'promises', { enumerable: true, configurable: true, get: () => require('fs/promises') });

Object.assign(fs, { constants: tree.constants, Dirent, Stats, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });
