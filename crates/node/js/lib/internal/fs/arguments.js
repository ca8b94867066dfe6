'use strict';

// What the three faces of `fs` share: checks of arguments, and the records that describe files.

const { codes } = require('internal/errors');
const { constants } = require('internal/fs/tree');

/** A path as text. Accepts what Node accepts: a string, a buffer, a `file:` URL. */
function pathOf(path, name = 'path') {
  if (path !== null && typeof path === 'object' && typeof path.href === 'string' && path.protocol !== undefined) {
    path = require('url').fileURLToPath(path);
  }
  if (ArrayBuffer.isView(path)) path = require('buffer').Buffer.from(path).toString();
  if (typeof path !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
  if (path.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
  }
  return path;
}

const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_EXCL, O_SYNC } = constants;
const FLAGS = {
  r: O_RDONLY, rs: O_RDONLY | O_SYNC, sr: O_RDONLY | O_SYNC, 'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY, wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL, 'w+': O_TRUNC | O_CREAT | O_RDWR,
  'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL, a: O_APPEND | O_CREAT | O_WRONLY, ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  'a+': O_APPEND | O_CREAT | O_RDWR, 'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL, as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC,
};

function flagsOf(flags) {
  if (typeof flags === 'number') return flags;
  if (flags === null || flags === undefined) return O_RDONLY;
  if (FLAGS[flags] === undefined) throw new codes.ERR_INVALID_ARG_VALUE('flags', flags);
  return FLAGS[flags];
}

function modeOf(mode, fallback) {
  if (mode === undefined || mode === null) return fallback;
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode)) {
      throw new codes.ERR_INVALID_ARG_VALUE('mode', mode, 'must be a 32-bit unsigned integer or an octal string');
    }
    return parseInt(mode, 8);
  }
  require('internal/validators').validateUint32(mode, 'mode');
  return mode;
}

function fdOf(fd) {
  require('internal/validators').validateInteger(fd, 'fd', 0, 2147483647);
  return fd;
}

/** An options argument that may be an encoding. */
function optionsOf(options, defaults) {
  if (options === null || options === undefined || typeof options === 'function') return { ...defaults };
  const given = typeof options === 'string' ? { encoding: options } : options;
  if (typeof given !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  const { encoding } = given;
  if (encoding && encoding !== 'buffer' && !require('buffer').Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
  if (given.signal !== undefined) require('internal/validators').validateAbortSignal(given.signal, 'options.signal');
  return { ...defaults, ...given };
}

/** Bytes to write: a string in its encoding, or a view. */
function bytesOf(data, encoding) {
  if (typeof data === 'string') return require('buffer').Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

/** Bytes as asked for: text in `encoding`, or a buffer. */
function decoded(bytes, encoding) {
  const { Buffer } = require('buffer');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function kindTests(prototype, isType) {
  for (const [name, type] of Object.entries({ Directory: 'dir', File: 'file', SymbolicLink: 'link', BlockDevice: '', CharacterDevice: '', FIFO: '', Socket: '' })) {
    prototype[`is${name}`] = { [`is${name}`]() { return isType(this, type); } }[`is${name}`];
  }
}

function Stats(inode) {
  this.dev = 1;
  this.mode = inode.mode;
  this.nlink = inode.links;
  this.uid = inode.uid;
  this.gid = inode.gid;
  this.rdev = 0;
  this.blksize = 4096;
  this.ino = inode.ino;
  this.size = inode.kind === 'dir' ? 4096 : inode.size;
  this.blocks = Math.ceil(this.size / 4096) * 8;
  for (const time of ['atime', 'mtime', 'ctime', 'birthtime']) this[`${time}Ms`] = inode[time];
  for (const time of ['atime', 'mtime', 'ctime', 'birthtime']) this[time] = new Date(Math.trunc(inode[time]));
}
const TYPE = { dir: constants.S_IFDIR, file: constants.S_IFREG, link: constants.S_IFLNK };
kindTests(Stats.prototype, (stats, kind) => (stats.mode & constants.S_IFMT) === TYPE[kind]);

const kType = Symbol('type');
class Dirent {
  constructor(name, path, kind) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[kType] = { file: 1, dir: 2, link: 3 }[kind];
  }
}
const DIRENT = { file: 1, dir: 2, link: 3 };
kindTests(Dirent.prototype, (entry, kind) => entry[kType] === DIRENT[kind]);

module.exports = { Dirent, Stats, bytesOf, decoded, fdOf, flagsOf, modeOf, optionsOf, pathOf };
