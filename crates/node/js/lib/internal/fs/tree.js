'use strict';

// The file system: a tree in memory over the read-only files that the process was started with. Every function is one
// system call; it returns its result or throws the system's error.

const { fileError } = require('internal/system-errors');

const constants = {
  UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, UV_DIRENT_UNKNOWN: 0,
  UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3, S_IFMT: 0o170000, S_IFREG: 0o100000, S_IFDIR: 0o040000,
  S_IFLNK: 0o120000, O_CREAT: 0o100, O_EXCL: 0o200, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_DIRECTORY: 0o200000,
  O_NOFOLLOW: 0o400000, O_SYNC: 0o4010000, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, UV_FS_COPYFILE_EXCL: 1, COPYFILE_EXCL: 1,
  UV_FS_COPYFILE_FICLONE: 2, COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4, COPYFILE_FICLONE_FORCE: 4,
};

const EMPTY = new Uint8Array(0);
const TYPES = { file: constants.S_IFREG, dir: constants.S_IFDIR, link: constants.S_IFLNK };

let nextInode = 2;

class Inode {
  constructor(kind, mode) {
    this.kind = kind;
    this.ino = nextInode++;
    this.mode = TYPES[kind] | mode;
    this.links = kind === 'dir' ? 2 : 1;
    this.uid = 1000;
    this.gid = 1000;
    this.size = 0;
    this.entries = kind === 'dir' ? new Map() : undefined;
    this.target = undefined;
    /** Where the bytes of a file are until somebody reads them. */
    this.source = undefined;
    this.bytes = kind === 'file' ? EMPTY : undefined;
    this.atime = this.mtime = this.ctime = this.birthtime = host.epoch + host.clock();
  }

  /** The file's contents; `size` of them count. */
  data() {
    if (this.source !== undefined) {
      this.bytes = host.readFile(this.source) ?? EMPTY;
      this.size = this.bytes.length;
      this.source = undefined;
    }
    return this.bytes.subarray(0, this.size);
  }

  resize(size) {
    const before = this.data();
    if (size > this.bytes.length) {
      const grown = new Uint8Array(Math.max(size, this.bytes.length * 2));
      grown.set(before);
      this.bytes = grown;
    } else if (size < this.size) this.bytes.fill(0, size, this.size);
    this.size = size;
    this.mtime = this.ctime = host.epoch + host.clock();
  }
}

const root = new Inode('dir', 0o755);
const split = (path) => path.split('/').filter((part) => part !== '' && part !== '.');

function seed() {
  const folder = (path) => {
    let at = root;
    for (const part of split(path)) {
      if (!at.entries.has(part)) at.entries.set(part, new Inode('dir', 0o755));
      at = at.entries.get(part);
    }
    return at;
  };
  for (const path of ['/tmp', '/home/node', process.cwd()]) folder(path);
  folder('/tmp').mode |= 0o1777;
  for (const [path, kind, size] of host.files()) {
    if (kind === 'dir') {
      folder(path);
      continue;
    }
    const file = new Inode('file', 0o644);
    file.source = path;
    file.size = size;
    const at = path.lastIndexOf('/');
    folder(path.slice(0, at)).entries.set(path.slice(at + 1), file);
  }
}
seed();

/** An absolute path without `.` and empty parts; `..` is followed as it comes. */
const absolute = (path) => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);

/**
 * Walks to `path`. Gives the folder it is in, its name there and its inode, `undefined` when there is none.
 * A missing folder on the way is ENOENT, a file on the way ENOTDIR.
 */
function walk(path, syscall, { follow = true, dest = undefined, shown = path } = {}, depth = 0) {
  const fail = (code) => fileError(code, syscall, shown, dest);
  if (path === '') throw fail('ENOENT');
  if (depth > 40) throw fail('ELOOP');
  const parts = split(absolute(path));
  const trail = [root];
  let name = '/';
  let inode = root;
  for (const [i, part] of parts.entries()) {
    const folder = trail.at(-1);
    if (inode === undefined) throw fail('ENOENT');
    if (inode.kind !== 'dir') throw fail('ENOTDIR');
    if (part === '..') {
      if (trail.length > 1) trail.pop();
      inode = trail.at(-1);
      continue;
    }
    inode = folder.entries.get(part);
    name = part;
    const last = i === parts.length - 1;
    if (inode?.kind === 'link' && (!last || follow)) {
      const base = `/${parts.slice(0, i).join('/')}`;
      const target = inode.target.startsWith('/') ? inode.target : `${base}/${inode.target}`;
      const rest = parts.slice(i + 1).join('/');
      return walk(rest === '' ? target : `${target}/${rest}`, syscall, { follow, dest, shown }, depth + 1);
    }
    if (inode?.kind === 'dir' && !last) trail.push(inode);
    if (last) return { folder, name, inode };
  }
  return { folder: trail.at(-1), name, inode };
}

function find(path, syscall, options) {
  const found = walk(path, syscall, options);
  if (found.inode === undefined) throw fileError('ENOENT', syscall, path, options?.dest);
  return found;
}

// ---- Descriptors ----

const descriptors = new Map();

function openFile(path, flags, mode) {
  const { folder, name, inode } = walk(path, 'open');
  let file = inode;
  if (file === undefined) {
    if (!(flags & constants.O_CREAT)) throw fileError('ENOENT', 'open', path);
    file = new Inode('file', mode & 0o777 & ~0o022);
    folder.entries.set(name, file);
  } else if (flags & constants.O_CREAT && flags & constants.O_EXCL) throw fileError('EEXIST', 'open', path);
  else if (file.kind === 'dir' && flags & 3) throw fileError('EISDIR', 'open', path);
  else if (flags & constants.O_TRUNC) file.resize(0);
  let fd = 3;
  while (descriptors.has(fd)) fd++;
  descriptors.set(fd, { file, flags, position: 0 });
  return fd;
}

function descriptor(fd, syscall) {
  const found = descriptors.get(fd);
  if (found === undefined) throw fileError('EBADF', syscall);
  return found;
}

function close(fd) {
  descriptor(fd, 'close');
  descriptors.delete(fd);
}

/** Reads into `buffer`; `position` null is where the descriptor stands. Returns how many bytes. */
function read(fd, buffer, offset, length, position) {
  const open = descriptor(fd, 'read');
  if (open.file.kind === 'dir') throw fileError('EISDIR', 'read');
  if ((open.flags & 3) === constants.O_WRONLY) throw fileError('EBADF', 'read');
  const at = position === null || position < 0 ? open.position : Number(position);
  const bytes = open.file.data().subarray(at, at + length);
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(bytes, offset);
  if (position === null || position < 0) open.position += bytes.length;
  return bytes.length;
}

function write(fd, bytes, position) {
  if (fd === 1 || fd === 2) {
    host.write(fd, require('buffer').Buffer.from(bytes).toString());
    return bytes.length;
  }
  const open = descriptor(fd, 'write');
  if ((open.flags & 3) === constants.O_RDONLY) throw fileError('EBADF', 'write');
  const appends = open.flags & constants.O_APPEND;
  const moves = appends || position === null || position < 0;
  const at = appends ? open.file.size : moves ? open.position : Number(position);
  if (at + bytes.length > open.file.size) open.file.resize(at + bytes.length);
  open.file.data().set(bytes, at);
  open.file.mtime = open.file.ctime = host.epoch + host.clock();
  if (moves) open.position = at + bytes.length;
  return bytes.length;
}

// ---- Folders and names ----

function mkdir(path, mode, recursive) {
  if (!recursive) {
    const { folder, name, inode } = walk(path, 'mkdir');
    if (inode !== undefined) throw fileError('EEXIST', 'mkdir', path);
    folder.entries.set(name, new Inode('dir', mode & ~0o022));
    return undefined;
  }
  let first;
  let at = '';
  for (const part of split(absolute(path))) {
    at += `/${part}`;
    const { folder, name, inode } = walk(at, 'mkdir', { shown: path });
    if (inode === undefined) {
      folder.entries.set(name, new Inode('dir', mode & ~0o022));
      first ??= at;
    } else if (inode.kind !== 'dir') throw fileError(at === absolute(path) ? 'EEXIST' : 'ENOTDIR', 'mkdir', path);
  }
  return first;
}

function rmdir(path) {
  const { folder, name, inode } = find(path, 'rmdir', { follow: false });
  if (inode.kind !== 'dir') throw fileError('ENOTDIR', 'rmdir', path);
  if (inode.entries.size > 0) throw fileError('ENOTEMPTY', 'rmdir', path);
  folder.entries.delete(name);
}

function unlink(path) {
  const { folder, name, inode } = find(path, 'unlink', { follow: false });
  if (inode.kind === 'dir') throw fileError('EISDIR', 'unlink', path);
  inode.links -= 1;
  folder.entries.delete(name);
}

function rename(from, to) {
  const source = find(from, 'rename', { follow: false, dest: to });
  let target;
  try {
    target = walk(to, 'rename', { follow: false });
  } catch (error) {
    throw fileError(error.code, 'rename', from, to);
  }
  if (target.inode === source.inode) return;
  if (target.inode?.kind === 'dir') {
    if (source.inode.kind !== 'dir') throw fileError('EISDIR', 'rename', from, to);
    if (target.inode.entries.size > 0) throw fileError('ENOTEMPTY', 'rename', from, to);
  }
  source.folder.entries.delete(source.name);
  target.folder.entries.set(target.name, source.inode);
}

function scandir(path) {
  const { inode } = find(path, 'scandir');
  if (inode.kind !== 'dir') throw fileError('ENOTDIR', 'scandir', path);
  return [...inode.entries].map(([name, entry]) => [name, entry.kind]).sort(([a], [b]) => (a < b ? -1 : 1));
}

function link(from, to) {
  const { inode } = find(from, 'link', { dest: to });
  const target = walk(to, 'link', { follow: false });
  if (target.inode) throw fileError('EEXIST', 'link', from, to);
  inode.links += 1;
  target.folder.entries.set(target.name, inode);
}

function symlink(target, path) {
  const { folder, name, inode } = walk(path, 'symlink', { follow: false });
  if (inode !== undefined) throw fileError('EEXIST', 'symlink', target, path);
  const made = new Inode('link', 0o777);
  made.target = target;
  made.size = target.length;
  folder.entries.set(name, made);
}

function readlink(path) {
  const { inode } = find(path, 'readlink', { follow: false });
  if (inode.kind !== 'link') throw fileError('EINVAL', 'readlink', path);
  return inode.target;
}

function realpath(path) {
  let at = '';
  for (const part of split(absolute(path))) {
    if (part === '..') {
      at = at.slice(0, at.lastIndexOf('/'));
      continue;
    }
    at += `/${part}`;
    const { inode } = find(at, 'lstat', { follow: false, shown: path });
    if (inode.kind === 'link') {
      const target = inode.target.startsWith('/') ? inode.target : `${at.slice(0, at.lastIndexOf('/'))}/${inode.target}`;
      at = realpath(target);
    }
  }
  return at || '/';
}

function copyFile(from, to, mode) {
  const { inode } = find(from, 'copyfile', { dest: to });
  if (inode.kind === 'dir') throw fileError('EISDIR', 'copyfile', from, to);
  const target = walk(to, 'copyfile');
  if (target.inode !== undefined && mode & constants.COPYFILE_EXCL) throw fileError('EEXIST', 'copyfile', from, to);
  if (target.inode?.kind === 'dir') throw fileError('EISDIR', 'copyfile', from, to);
  const copy = target.inode ?? new Inode('file', inode.mode & 0o777);
  const bytes = inode.data().slice();
  copy.resize(bytes.length);
  copy.data().set(bytes);
  target.folder.entries.set(target.name, copy);
}

function mkdtemp(prefix) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  for (;;) {
    const path = prefix + Array.from(host.randomBytes(6), (byte) => letters[byte % letters.length]).join('');
    const { folder, name, inode } = walk(path, 'mkdtemp', { shown: `${prefix}XXXXXX` });
    if (inode === undefined) {
      folder.entries.set(name, new Inode('dir', 0o700));
      return path;
    }
  }
}

const inodeOf = (target, syscall, options) =>
  typeof target === 'number' ? descriptor(target, syscall).file : find(target, syscall, options).inode;

/** Who may do what is not simulated beyond whether the file is there. */
const access = (path) => void find(path, 'access');

function change(target, syscall, fields, options) {
  Object.assign(inodeOf(target, syscall, options), fields, { ctime: host.epoch + host.clock() });
}

function truncate(target, length, syscall) {
  const file = inodeOf(target, syscall);
  if (file.kind === 'dir') throw fileError('EISDIR', syscall, target);
  file.resize(length);
}

module.exports = {
  access, change, close, constants, copyFile, descriptors, inodeOf, link, mkdir, mkdtemp, openFile, read, readlink, realpath,
  rename, rmdir, scandir, symlink, truncate, unlink, write,
};
