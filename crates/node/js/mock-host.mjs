// The builtins on real Node, for writing and testing them without the engine:
//
//   node --expose-internals mock-host.mjs PROGRAM.js
//
// A realm of its own (`node:vm`), the host's functions on top of Node's, and a loop that knows nothing but an order of
// virtual times. Ticks and microtasks are the real ones: each callback runs in a real `setImmediate`.

import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { types, inspect } from 'node:util';
import vm from 'node:vm';
import * as zlib from 'node:zlib';
import { bundle } from './bundle.mjs';

const PHASES = ['timer', 'pending', 'poll', 'check', 'close'];

/** Callbacks by virtual time, then by phase, then in order of arrival; the loop ends when nothing keeps it alive. */
class Loop {
  now = 0;
  #queue = [];
  #handles = new Map();
  #sequence = 0;

  add(phase, delay, fn) {
    const entry = { at: this.now + delay, phase: PHASES.indexOf(phase), sequence: this.#sequence++, fn, alive: true };
    this.#queue.push(entry);
    return entry;
  }
  remove(entry) {
    this.#queue = this.#queue.filter((other) => other !== entry);
  }
  open(what) {
    const id = this.#sequence++;
    this.#handles.set(id, { what, alive: true });
    return id;
  }
  close(id) {
    this.#handles.delete(id);
  }
  ref(id, alive) {
    const handle = this.#handles.get(id);
    if (handle) handle.alive = alive;
  }
  async run() {
    for (;;) {
      await new Promise((done) => setImmediate(done));
      if (!this.#queue.some((entry) => entry.alive)) return [...this.#handles.values()].filter((handle) => handle.alive);
      this.#queue.sort((a, b) => a.at - b.at || a.phase - b.phase || a.sequence - b.sequence);
      const next = this.#queue.shift();
      this.now = Math.max(this.now, next.at);
      setImmediate(next.fn);
    }
  }
}

const kindOf = (value) => {
  if (types.isProxy(value)) return 'Proxy';
  if (types.isAsyncFunction(value) || types.isGeneratorFunction(value)) {
    return Object.prototype.toString.call(value).slice(8, -1);
  }
  const kinds = {
    Promise: types.isPromise, Generator: types.isGeneratorObject, Map: types.isMap, Set: types.isSet, WeakMap: types.isWeakMap,
    WeakSet: types.isWeakSet, Date: types.isDate, RegExp: types.isRegExp, Error: types.isNativeError,
    ArrayBuffer: types.isArrayBuffer, SharedArrayBuffer: types.isSharedArrayBuffer, DataView: types.isDataView,
    TypedArray: types.isTypedArray, BoxedPrimitive: types.isBoxedPrimitive, Arguments: types.isArgumentsObject,
    MapIterator: types.isMapIterator, SetIterator: types.isSetIterator, ModuleNamespace: types.isModuleNamespaceObject,
  };
  return Object.keys(kinds).find((kind) => kinds[kind](value)) ?? '';
};

// What the engine tells the host, Node's own bindings tell the mock.
const { internalBinding } = createRequire(import.meta.url)('internal/test/binding');
const { getPromiseDetails, getProxyDetails, previewEntries } = internalBinding('util');
const parts = (url) => {
  const out = {};
  for (const part of 'href origin protocol username password host hostname port pathname search hash'.split(' ')) out[part] = url[part];
  return out;
};

/** The host's functions over `loop`, with the files of `folder`. */
export function mockHost(loop, folder, out) {
  const files = [];
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) files.push([path, 'dir', 0]), walk(path);
      else files.push([path, 'file', statSync(path).size]);
    }
  };
  walk(folder);
  let seed = 1;
  return {
    now: () => loop.now,
    clock: () => loop.now,
    epoch: Date.UTC(2024, 0, 1),
    write: (fd, text) => out(fd, text),
    pool: (what, name, micros, fn) => loop.add('poll', micros / 1000, fn),
    poolSlow: (what, name, micros, fn) => loop.add('poll', micros / 1000, fn),
    network: (what, name, micros, fn) => loop.add('poll', micros / 1000, fn),
    pending: (name, fn) => loop.add('pending', 0, fn),
    closing: (name, fn) => loop.add('close', 0, fn),
    openHandle: (what) => loop.open(what),
    closeHandle: (id) => loop.close(id),
    refHandle: (id, alive) => loop.ref(id, alive),
    promiseDetails: (promise) => getPromiseDetails(promise),
    proxyDetails: (value) => (types.isProxy(value) ? getProxyDetails(value, true) : undefined),
    isKind: kindOf,
    previewEntries: (value) => {
      const [entries, pairs] = previewEntries(value, true) ?? [[], false];
      return pairs ? Array.from({ length: entries.length / 2 }, (_, i) => [entries[2 * i], entries[2 * i + 1]]) : entries;
    },
    files: () => files,
    readFile: (path) => {
      const found = files.some(([file, kind]) => file === path && kind === 'file');
      return found ? new Uint8Array(readFileSync(path)) : undefined;
    },
    digest: (alg, data) => {
      try {
        return createHash(alg).update(data).digest();
      } catch {
        return undefined;
      }
    },
    hmac: (alg, key, data) => createHmac(alg, key).update(data).digest(),
    pbkdf2: (password, salt, iterations, length, digest) => pbkdf2Sync(password, salt, iterations, length, digest),
    scrypt: (password, salt, length, N, r, p) => scryptSync(password, salt, length, { N, r, p }),
    randomBytes: (n) => Uint8Array.from({ length: n }, () => (seed = (seed * 48271) % 2147483647) & 255),
    deflate: (format, data, level) => ({ gzip: zlib.gzipSync, deflate: zlib.deflateSync, raw: zlib.deflateRawSync })[format](data, { level }),
    inflate: (format, data) => {
      try {
        return ({ gzip: zlib.gunzipSync, deflate: zlib.inflateSync, raw: zlib.inflateRawSync })[format](data);
      } catch {
        return undefined;
      }
    },
    parseUrl: (input, base) => (URL.canParse(input, base) ? parts(new URL(input, base)) : undefined),
    setUrl: (href, part, value) => {
      const url = new URL(href);
      try {
        url[part] = value;
      } catch {
        return undefined;
      }
      return parts(url);
    },
  };
}

/** Runs a program and resolves to what it wrote and how it ended. */
export async function run(file, { echo = false } = {}) {
  const loop = new Loop();
  const output = { stdout: '', stderr: '', exit: 0 };
  const write = (fd, text) => {
    output[fd === 1 ? 'stdout' : 'stderr'] += text;
    if (echo) (fd === 1 ? process.stdout : process.stderr).write(text);
  };
  const path = resolve(file);
  const host = mockHost(loop, dirname(path), write);
  const sources = new Map(await bundle());
  const context = vm.createContext({});
  const global = vm.runInContext('globalThis', context);
  const loaded = new Map();
  const compile = (source, filename, names) =>
    vm.runInContext(`(function (${names.join(', ')}) {${source}\n})`, context, { filename });
  const simulated = {
    nextTick: process.nextTick.bind(process),
    cwd: () => dirname(path),
    argv: ['/usr/local/bin/node', path],
    env: { HOME: '/root', PATH: '/usr/bin' },
    platform: 'linux',
    arch: 'x64',
    version: process.version,
    versions: { node: process.versions.node },
    pid: 1,
    emitWarning: (warning) => write(2, `(node:1) ${warning.name ?? 'Warning'}: ${warning.message ?? warning}\n`),
    hrtime: Object.assign(() => [0, 0], { bigint: () => BigInt(Math.round(loop.now * 1e6)) }),
  };
  const require = (id) => {
    id = id.replace(/^node:/, '');
    if (id === 'process') return simulated;
    if (id === 'timers') return { setTimeout: global.setTimeout, setImmediate: global.setImmediate, clearTimeout: global.clearTimeout };
    if (!loaded.has(id)) {
      if (!sources.has(id)) throw new Error(`no builtin ${id}`);
      const module = { exports: {} };
      loaded.set(id, module);
      compile(sources.get(id), `builtin:${id}`, ['exports', 'require', 'module', 'process', 'host'])(
        module.exports, require, module, simulated, host,
      );
    }
    return loaded.get(id).exports;
  };
  const timer = (fn, delay = 1, ...args) => {
    const entry = loop.add('timer', Math.max(1, Math.trunc(delay) || 1), () => fn(...args));
    return { entry, unref: () => (entry.alive = false), ref: () => (entry.alive = true), hasRef: () => entry.alive };
  };
  Object.assign(global, {
    global,
    process: simulated,
    queueMicrotask,
    setTimeout: timer,
    clearTimeout: (handle) => handle && loop.remove(handle.entry),
    setImmediate: (fn, ...args) => loop.add('check', 0, () => fn(...args)),
    setInterval: (fn, delay, ...args) => {
      const handle = {};
      const again = () => (handle.entry = loop.add('timer', Math.max(1, delay), () => (fn(...args), again())));
      again();
      return handle;
    },
    clearInterval: (handle) => loop.remove(handle.entry),
  });
  for (const [name, [id, member]] of Object.entries(require('internal/globals'))) {
    Object.defineProperty(global, name, {
      configurable: true,
      get: () => (member === undefined ? require(id) : require(id)[member]),
    });
  }
  const fatal = (error) => {
    const { formatUncaught } = require('internal/errors-format');
    write(2, formatUncaught(error, { file: path, line: 1, column: 0, sourceLine: '' }));
    output.exit = 1;
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  const module = { exports: {} };
  setImmediate(() => {
    compile(readFileSync(path, 'utf8'), path, ['exports', 'require', 'module', '__filename', '__dirname'])(
      module.exports, require, module, path, dirname(path),
    );
  });
  await new Promise((done) => setImmediate(done));
  const open = await loop.run();
  if (open.length > 0 && echo) process.stderr.write(`still open: ${inspect(open)}\n`);
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await run(process.argv[2], { echo: true })).exit;
