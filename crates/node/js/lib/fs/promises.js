'use strict';

// `fs.promises`: the same calls, each settled by its request; whole files go through a FileHandle as in Node.

const EventEmitter = require('events');
const { calls, request } = require('internal/fs/calls');
const tree = require('internal/fs/tree');
const { bytesOf, decoded, flagsOf, modeOf, optionsOf, pathOf } = require('internal/fs/arguments');
const { AbortError } = require('internal/errors');

/** One request as a promise. Errors keep a frame: Node shows them as `at async open`. */
const pooled = (name, target, title, run, bytes) =>
  new Promise((resolve, reject) => {
    request(name, target, `fs.promises.${title}`, run, (error, result) => {
      if (error) {
        const frame = `    at async ${title} (node:internal/fs/promises)`;
        Object.defineProperty(error, 'stack', { value: `Error: ${error.message}\n${frame}`, writable: true, configurable: true });
        reject(error);
      } else resolve(result);
    }, bytes);
  });

const promises = {};
module.exports = promises;

const WITH_CALLBACKS_ONLY = ['close', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'open'];
for (const [name, [check, run]] of Object.entries(calls)) {
  if (WITH_CALLBACKS_ONLY.includes(name)) continue;
  promises[name] = {
    async [name](...args) {
      const checked = check(...args);
      return pooled(name, checked[0], name, () => run(...checked));
    },
  }[name];
}

function checkAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

/** An open file. */
class FileHandle extends EventEmitter {
  #fd;
  #path;
  #closing;

  constructor(fd, path) {
    super();
    this.#fd = fd;
    this.#path = path;
  }
  get fd() {
    return this.#fd;
  }

  #call(name, ...args) {
    const [, run] = calls[name];
    return pooled(name, this.#path, name, () => run(this.#fd, ...args));
  }
  async stat() {
    return this.#call('fstat');
  }
  async sync() {
    return this.#call('fsync');
  }
  async datasync() {
    return this.#call('fdatasync');
  }
  async truncate(length = 0) {
    return this.#call('ftruncate', length);
  }
  async chmod(mode) {
    return this.#call('fchmod', modeOf(mode));
  }
  async utimes(atime, mtime) {
    return this.#call('futimes', atime, mtime);
  }

  async read(buffer, offset, length, position) {
    if (!ArrayBuffer.isView(buffer)) {
      ({ buffer = require('buffer').Buffer.alloc(16384), offset, length, position } = buffer ?? {});
    } else if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
    offset ??= 0;
    length ??= buffer.byteLength - offset;
    const bytesRead = await pooled('read', this.#path, 'read', () => tree.read(this.#fd, buffer, offset, length, position ?? null), length);
    return { __proto__: null, bytesRead, buffer };
  }
  async write(data, offset, length, position) {
    let bytes = bytesOf(data, typeof length === 'string' ? length : 'utf8');
    let at = typeof data === 'string' ? offset : position;
    if (typeof data !== 'string') {
      if (offset !== null && typeof offset === 'object') ({ offset, length, position: at } = offset);
      bytes = bytes.subarray(offset ?? 0, length === undefined || length === null ? undefined : (offset ?? 0) + length);
    }
    const bytesWritten = await pooled('write', this.#path, 'write', () => tree.write(this.#fd, bytes, at ?? null), bytes.length);
    return { __proto__: null, bytesWritten, buffer: data };
  }

  async readFile(options) {
    const { encoding, signal } = optionsOf(options, {});
    checkAborted(signal);
    const { size } = await pooled('fstat', this.#path, 'readFile', () => tree.inodeOf(this.#fd, 'fstat'));
    const chunks = [];
    let total = 0;
    for (;;) {
      checkAborted(signal);
      const buffer = new Uint8Array(size === 0 ? 65536 : Math.min(size - total, 512 * 1024));
      const count = await pooled('read', this.#path, 'readFile', () => tree.read(this.#fd, buffer, 0, buffer.length, null), buffer.length);
      chunks.push(buffer.subarray(0, count));
      total += count;
      if (count === 0 || total === size) break;
    }
    return decoded(require('buffer').Buffer.concat(chunks, total), encoding);
  }
  async writeFile(data, options) {
    const { encoding, signal } = optionsOf(options, { encoding: 'utf8' });
    if (typeof data !== 'string' && !ArrayBuffer.isView(data) && (data?.[Symbol.iterator] || data?.[Symbol.asyncIterator])) {
      for await (const chunk of data) await this.write(bytesOf(chunk, encoding));
      return;
    }
    checkAborted(signal);
    await this.write(bytesOf(data, encoding));
  }
  appendFile(data, options) {
    return this.writeFile(data, options);
  }
  createReadStream(options) {
    return new (require('internal/fs/streams').ReadStream)(undefined, { ...options, fd: this });
  }
  createWriteStream(options) {
    return new (require('internal/fs/streams').WriteStream)(undefined, { ...options, fd: this });
  }

  close() {
    if (this.#fd === -1) return Promise.resolve();
    if (this.#closing) return this.#closing;
    const fd = this.#fd;
    this.#fd = -1;
    this.#closing = pooled('close', this.#path, 'close', () => tree.close(fd)).finally(() => {
      this.#closing = undefined;
    });
    this.emit('close');
    return this.#closing;
  }
  async [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]() {
    await this.close();
  }
}

async function open(path, flags = 'r', mode = 0o666, title = 'open') {
  const target = pathOf(path);
  const numbers = [flagsOf(flags), modeOf(mode, 0o666)];
  return new FileHandle(await pooled('open', target, title, () => tree.openFile(target, ...numbers)), target);
}
promises.open = (path, flags, mode) => open(path, flags, mode);

/** Runs `use` on a file that is open for so long. */
async function whileOpen(path, flag, mode, title, use) {
  const handle = await open(path, flag, mode, title);
  let result;
  try {
    result = await use(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return result;
}

promises.readFile = async function readFile(path, options) {
  const given = optionsOf(options, { flag: 'r' });
  if (path instanceof FileHandle) return path.readFile(given);
  checkAborted(given.signal);
  return whileOpen(path, given.flag, 0o666, 'readFile', (handle) => handle.readFile(given));
};

promises.writeFile = async function writeFile(path, data, options) {
  const given = optionsOf(options, { encoding: 'utf8', mode: 0o666, flag: 'w' });
  if (path instanceof FileHandle) return path.writeFile(data, given);
  if (!data?.[Symbol.asyncIterator] && !data?.[Symbol.iterator]) bytesOf(data, given.encoding);
  checkAborted(given.signal);
  return whileOpen(path, given.flag, given.mode, 'writeFile', (handle) => handle.writeFile(data, given));
};

promises.appendFile = async function appendFile(path, data, options) {
  return promises.writeFile(path, data, { ...optionsOf(options, { encoding: 'utf8' }), flag: 'a' });
};

for (const name of ['cp', 'opendir']) {
  const fn = (...args) => require('internal/promisify').promisify(require('internal/fs/folders')[name])(...args);
  promises[name] = { [name]: (...args) => fn(...args) }[name];
}

promises.constants = tree.constants;
