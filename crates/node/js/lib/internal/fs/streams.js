'use strict';

// Files as streams: open, a read or write per chunk, close; each is a request to the pool.

const { Readable, Writable, finished } = require('stream');
const { Buffer } = require('buffer');
const { request } = require('internal/fs/calls');
const { flagsOf, modeOf, optionsOf, pathOf } = require('internal/fs/arguments');
const tree = require('internal/fs/tree');

/** Opens what the stream is on; a descriptor or FileHandle that it was given is open already. */
function construct(stream, title, callback) {
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  request('open', stream.path, title, () => tree.openFile(stream.path, stream.flagNumbers, stream.mode), (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
}

/** Closes the descriptor once nothing is under way, if the stream is to close it at all. */
function destroy(stream, title, error, callback) {
  const close = () => {
    if (typeof stream.fd !== 'number' || !stream.closes) {
      callback(error);
      return;
    }
    const { fd } = stream;
    stream.fd = null;
    request('close', stream.path, title, () => tree.close(fd), (failure) => callback(failure ?? error));
  };
  if (stream.busy) stream.whenIdle = close;
  else close();
}

/** Runs a request during which the stream is busy. */
function working(stream, what, title, run, done, bytes) {
  stream.busy = true;
  request(what, stream.path, title, run, (error, result) => {
    stream.busy = false;
    if (stream.destroyed) {
      stream.whenIdle?.();
      return;
    }
    done(error, result);
  }, bytes);
}

function prepare(stream, path, options, flags) {
  for (const key of ['flagNumbers', 'closes', 'busy', 'whenIdle', 'handle']) {
    Object.defineProperty(stream, key, { value: undefined, writable: true });
  }
  stream.fd = options.fd === undefined || options.fd === null ? null : (options.fd.fd ?? options.fd);
  stream.handle = typeof options.fd === 'object' ? options.fd : undefined;
  stream.path = stream.fd === null ? pathOf(path) : path;
  stream.flags = options.flags ?? flags;
  stream.flagNumbers = flagsOf(stream.flags);
  stream.mode = modeOf(options.mode, 0o666);
  stream.closes = options.autoClose ?? true;
}

class ReadStream extends Readable {
  constructor(path, given) {
    const options = optionsOf(given, {});
    super({ highWaterMark: 64 * 1024, ...options, autoDestroy: options.autoClose ?? true, emitClose: options.emitClose ?? true, construct: undefined, read: undefined });
    prepare(this, path, options, 'r');
    this.start = options.start;
    this.end = options.end ?? Infinity;
    this.pos = options.start;
    this.bytesRead = 0;
    if (options.encoding) this.setEncoding(options.encoding);
  }
  _construct(callback) {
    construct(this, 'fs.ReadStream', callback);
  }
  _read(size) {
    const room = this.pos === undefined ? this.end - this.bytesRead + 1 : this.end - this.pos + 1;
    const length = Math.min(room, size);
    if (length <= 0) {
      this.push(null);
      return;
    }
    const buffer = Buffer.alloc(length);
    const run = () => tree.read(this.fd, buffer, 0, length, this.pos ?? null);
    working(this, 'read', 'fs.ReadStream', run, (error, count) => {
      if (error) {
        this.destroy(error);
        return;
      }
      this.bytesRead += count;
      if (this.pos !== undefined) this.pos += count;
      this.push(count > 0 ? buffer.subarray(0, count) : null);
    }, length);
  }
  _destroy(error, callback) {
    destroy(this, 'fs.ReadStream', error, callback);
  }
  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  }
  get pending() {
    return this.fd === null;
  }
}

class WriteStream extends Writable {
  constructor(path, given) {
    const options = optionsOf(given, {});
    super({ ...options, decodeStrings: true, autoDestroy: options.autoClose ?? true, emitClose: options.emitClose ?? true, construct: undefined, write: undefined });
    prepare(this, path, options, 'w');
    this.start = options.start;
    this.pos = options.start;
    this.bytesWritten = 0;
    if (options.encoding) this.setDefaultEncoding(options.encoding);
  }
  _construct(callback) {
    construct(this, 'fs.WriteStream', callback);
  }
  _write(data, encoding, callback) {
    const run = () => tree.write(this.fd, data, this.pos ?? null);
    working(this, 'write', 'fs.WriteStream', run, (error, count) => {
      if (error) {
        callback(error);
        return;
      }
      this.bytesWritten += count;
      if (this.pos !== undefined) this.pos += count;
      callback();
    }, data.length);
  }
  _writev(chunks, callback) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', callback);
  }
  _destroy(error, callback) {
    destroy(this, 'fs.WriteStream', error, callback);
  }
  close(callback) {
    if (callback) {
      if (this.closed) {
        process.nextTick(callback);
        return;
      }
      this.on('close', callback);
    }
    this.end();
  }
  get pending() {
    return this.fd === null;
  }
}

module.exports = { ReadStream, WriteStream };
