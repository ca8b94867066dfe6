'use strict';

// Every function of `fs` that is one request to the thread pool. An entry says how the arguments are checked before the
// request is made, and what the thread does; `fs`, its `…Sync` twins and `fs.promises` are all made from this table.

const tree = require('internal/fs/tree');
const { Dirent, Stats, fdOf, flagsOf, modeOf, optionsOf, pathOf } = require('internal/fs/arguments');
const { fileError } = require('internal/system-errors');
const { validateBoolean } = require('internal/validators');

const seconds = (time) => (time instanceof Date ? time.getTime() : typeof time === 'string' ? new Date(+time * 1000).getTime() : time * 1000);

function readdir(path, { withFileTypes, recursive, encoding }) {
  const join = (folder, name) => (folder.endsWith('/') ? folder + name : `${folder}/${name}`);
  const name = (text) => (encoding === 'buffer' ? require('buffer').Buffer.from(text) : text);
  const out = [];
  const queue = [['', path]];
  while (queue.length > 0) {
    const [prefix, folder] = queue.shift();
    for (const [entry, kind] of tree.scandir(folder)) {
      out.push(withFileTypes ? new Dirent(name(entry), folder, kind) : name(prefix + entry));
      if (recursive && kind === 'dir') queue.push([`${prefix}${entry}/`, join(folder, entry)]);
    }
  }
  return out;
}

function remove(path, { recursive, force }) {
  let inode;
  try {
    inode = tree.inodeOf(path, 'rm', { follow: false });
  } catch (error) {
    if (force && error.code === 'ENOENT') return;
    throw error.code === 'ENOENT' ? fileError('ENOENT', 'lstat', path) : error;
  }
  if (inode.kind !== 'dir') {
    tree.unlink(path);
    return;
  }
  if (!recursive) {
    const { define, codes } = require('internal/errors');
    define('ERR_FS_EISDIR', Error, (what) => `Path is a directory: rm returned EISDIR (is a directory) ${what}`);
    const error = new codes.ERR_FS_EISDIR(path);
    error.name = 'SystemError';
    Object.assign(error, { info: { code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno: 21 }, errno: 21, syscall: 'rm', path });
    throw error;
  }
  for (const [name] of tree.scandir(path)) remove(`${path}/${name}`, { recursive, force });
  tree.rmdir(path);
}

const stats = (target, syscall, options, { throwIfNoEntry = true } = {}) => {
  try {
    return new Stats(tree.inodeOf(target, syscall, options));
  } catch (error) {
    if (!throwIfNoEntry && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
};

const two = (from, to) => [pathOf(from, 'src'), pathOf(to, 'dest')];
const onPath = (path, ...rest) => [pathOf(path), ...rest];
const onFd = (fd, ...rest) => [fdOf(fd), ...rest];

/** name: [check arguments, run, what the thread does in words]. */
const calls = {
  access: [(path, mode) => onPath(path, mode), (path) => tree.access(path)],
  chmod: [(path, mode) => onPath(path, modeOf(mode)), (path, mode) => chmod(path, mode, 'chmod')],
  chown: [onPath, (path, uid, gid) => tree.change(path, 'chown', { uid, gid })],
  close: [onFd, (fd) => tree.close(fd)],
  copyFile: [(from, to, mode) => [...two(from, to), mode], (from, to, mode = 0) => tree.copyFile(from, to, mode)],
  fchmod: [(fd, mode) => onFd(fd, modeOf(mode)), (fd, mode) => chmod(fd, mode, 'fchmod')],
  fchown: [onFd, (fd, uid, gid) => tree.change(fd, 'fchown', { uid, gid })],
  fdatasync: [onFd, (fd) => void tree.inodeOf(fd, 'fdatasync')],
  fstat: [onFd, (fd) => stats(fd, 'fstat')],
  fsync: [onFd, (fd) => void tree.inodeOf(fd, 'fsync')],
  ftruncate: [onFd, (fd, length = 0) => tree.truncate(fd, Math.max(0, length), 'ftruncate')],
  futimes: [onFd, (fd, atime, mtime) => tree.change(fd, 'futime', { atime: seconds(atime), mtime: seconds(mtime) })],
  lchown: [onPath, (path, uid, gid) => tree.change(path, 'lchown', { uid, gid }, { follow: false })],
  link: [(from, to) => [pathOf(from, 'existingPath'), pathOf(to, 'newPath')], (from, to) => tree.link(from, to)],
  lstat: [onPath, (path, options) => stats(path, 'lstat', { follow: false }, options)],
  mkdir: [
    (path, options) => {
      const { recursive = false, mode } = typeof options === 'object' && options !== null ? options : { mode: options };
      validateBoolean(recursive, 'options.recursive');
      return [pathOf(path), modeOf(mode, 0o777), recursive];
    },
    (path, mode, recursive) => tree.mkdir(path, mode, recursive),
  ],
  mkdtemp: [(prefix) => [pathOf(prefix, 'prefix')], (prefix) => tree.mkdtemp(prefix)],
  open: [
    (path, flags, mode) => [pathOf(path), flagsOf(flags), modeOf(mode, 0o666)],
    (path, flags, mode) => tree.openFile(path, flags, mode),
  ],
  readdir: [(path, options) => [pathOf(path), optionsOf(options, { encoding: 'utf8' })], readdir],
  readlink: [onPath, (path) => tree.readlink(path)],
  realpath: [onPath, (path) => tree.realpath(path)],
  rename: [(from, to) => [pathOf(from, 'oldPath'), pathOf(to, 'newPath')], (from, to) => tree.rename(from, to)],
  rm: [(path, options) => [pathOf(path), { recursive: false, force: false, ...options }], remove],
  rmdir: [
    (path, options) => [pathOf(path), options],
    (path, options) => (options?.recursive ? remove(path, { recursive: true, force: false }) : tree.rmdir(path)),
  ],
  stat: [onPath, (path, options) => stats(path, 'stat', undefined, options)],
  symlink: [(target, path) => [pathOf(target, 'target'), pathOf(path)], (target, path) => tree.symlink(target, path)],
  truncate: [
    (path, length) => {
      require('internal/validators').validateInteger(length ?? 0, 'len');
      return [pathOf(path), length ?? 0];
    },
    (path, length) => tree.truncate(path, Math.max(0, length), 'open'),
  ],
  unlink: [onPath, (path) => tree.unlink(path)],
  utimes: [onPath, (path, atime, mtime) => tree.change(path, 'utime', { atime: seconds(atime), mtime: seconds(mtime) })],
};

function chmod(target, mode, syscall) {
  const inode = tree.inodeOf(target, syscall);
  tree.change(target, syscall, { mode: (inode.mode & ~0o7777) | (mode & 0o7777) });
}

/** Microseconds a thread is busy with a request that moves `bytes`: a system call, and 1 GB a second. */
const cost = (bytes = 0) => 60 + Math.ceil(bytes / 1000);

/** What the thread does, in the program's words: `open notes.txt`. */
function words(name, target) {
  if (typeof target !== 'string') return name;
  const folder = `${process.cwd()}/`;
  return `${name} ${target.startsWith(folder) ? target.slice(folder.length) : target}`;
}

/** Submits one request; `done(error, result)` runs in the poll phase. `label` introduces the callback. */
function request(name, target, label, run, done, bytes = 0) {
  host.pool(words(name, target), label, cost(bytes), () => {
    let result;
    try {
      result = run();
    } catch (error) {
      if (error.code === undefined) throw error;
      done(require('internal/system-errors').withoutFrames(error));
      return;
    }
    done(null, result);
  });
}

module.exports = { calls, cost, request };
