'use strict';

// `process` (lib/internal/process of Node). What ends a process is in endings.js.

const { nameOf } = require('internal/names');
const EventEmitter = require('events');

Object.setPrototypeOf(Object.getPrototypeOf(process), EventEmitter.prototype);
Reflect.apply(EventEmitter, process, []);
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

const MEGABYTE = 1 << 20;
const versions = { node: host.version, v8: '11.3.244.8-node.33', uv: '1.46.0', modules: '115' };

/** What is put into it becomes text. */
const environment = { HOME: '/home/node', PATH: '/usr/local/bin:/usr/bin:/bin', USER: 'node', TZ: 'UTC', LANG: 'C.UTF-8' };

Object.assign(process, {
  version: `v${host.version}`,
  versions,
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Iron' },
  title: 'node',
  argv: ['/usr/local/bin/node', host.main, ...host.args],
  argv0: 'node',
  execArgv: [],
  execPath: '/usr/local/bin/node',
  env: new Proxy(environment, {
    set(target, name, value) {
      if (typeof name === 'symbol' || typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      target[name] = String(value);
      return true;
    },
  }),
  pid: 4242,
  ppid: 1,
  features: { inspector: false, debug: false, uv: true, ipv6: true, tls: false },
  config: { target_defaults: {}, variables: {} },
});
let folder = host.cwd === '' ? '/' : host.cwd;

const nanos = () => BigInt(Math.round(host.now() * 1e6));

function hrtime(before) {
  const now = nanos();
  const [seconds, rest] = [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)];
  if (before === undefined) return [seconds, rest];
  const elapsed = (seconds - before[0]) * 1e9 + (rest - before[1]);
  return [Math.floor(elapsed / 1e9), elapsed % 1e9];
}
hrtime.bigint = function bigint() {
  return nanos();
};

function memoryUsage() {
  const used = host.memoryUsage();
  return { rss: used + 40 * MEGABYTE, heapTotal: used + 4 * MEGABYTE, heapUsed: used, external: 2 * MEGABYTE, arrayBuffers: 10_000 };
}
memoryUsage.rss = function rss() {
  return memoryUsage().rss;
};

/** Tells the program where its database is, as a platform does that it is deployed on. */
function findDatabase() {
  const { host: hostname, port, name } = host.database();
  Object.assign(environment, {
    DATABASE_URL: `postgres://app@${hostname}:${port}/${name}`,
    PGHOST: hostname, PGPORT: String(port), PGUSER: 'app', PGDATABASE: name,
  });
}

const methods = {
  hrtime,
  memoryUsage,
  cwd() {
    return folder;
  },
  chdir(path) {
    folder = require('path').resolve(folder, path);
  },
  uptime() {
    return host.now() / 1000;
  },
  cpuUsage() {
    return { user: Math.round(host.now() * 1000), system: 0 };
  },
  umask() {
    return 0o022;
  },
  getuid() {
    return 1000;
  },
  getgid() {
    return 1000;
  },
  nextTick(callback, ...args) {
    if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
    if (process._exiting) return;
    host.queueTick(nameOf(callback), callback, ...args);
  },
};
for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
}

/** stdout or stderr: what is written is written at once, as to a file. */
function output(fd) {
  const text = (chunk) => (typeof chunk === 'string' ? chunk : require('buffer').Buffer.from(chunk).toString());
  if (host.isLoaded('stream')) {
    const { Writable } = require('stream');
    const stream = new Writable({
      decodeStrings: false,
      write(chunk, encoding, done) {
        host.write(fd, text(chunk));
        done();
      },
    });
    stream.destroy = () => stream;
    return Object.assign(stream, { fd, _isStdio: true });
  }
  const stream = new EventEmitter();
  const write = (chunk, encoding, done = encoding) => {
    host.write(fd, text(chunk));
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  const end = (chunk, encoding, done) => {
    if (chunk !== undefined && typeof chunk !== 'function') write(chunk, encoding, done);
    return stream;
  };
  // The console goes past it for as long as `write` is this one.
  Object.defineProperty(stream, '_ownWrite', { value: write });
  return Object.assign(stream, { fd, _isStdio: true, writable: true, write, end, cork() {}, uncork() {} });
}

for (const [name, fd] of [['stdout', 1], ['stderr', 2]]) {
  let light;
  let full;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      if (host.isLoaded('stream')) return (full ??= output(fd));
      return (light ??= output(fd));
    },
  });
}

Object.defineProperty(process, 'stdin', {
  configurable: true,
  enumerable: true,
  get() {
    const { Readable } = require('stream');
    const stdin = Object.assign(new Readable({ read() {} }), { fd: 0 });
    stdin.push(null);
    Object.defineProperty(process, 'stdin', { value: stdin, configurable: true, enumerable: true });
    return stdin;
  },
});

// ---- Warnings (lib/internal/process/warning.js) ----

let explained = false;

function printWarning(warning) {
  if (!(warning instanceof Error)) return;
  if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
  const code = warning.code ? `[${warning.code}] ` : '';
  let text = `(node:${process.pid}) ${code}${Reflect.apply(Error.prototype.toString, warning, [])}`;
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!explained) {
    const flag = warning.name === 'DeprecationWarning' ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
    explained = true;
  }
  host.write(2, `${text}\n`);
}

process.emitWarning = function emitWarning(warning, type, code) {
  let detail;
  if (type !== null && typeof type === 'object') ({ type, code, detail } = type);
  if (typeof warning === 'string') {
    warning = new Error(warning);
    warning.name = String(type || 'Warning');
    if (code !== undefined) warning.code = code;
    if (detail !== undefined) warning.detail = detail;
  }
  if (warning.name === 'DeprecationWarning' && process.noDeprecation) return;
  host.queueTick('emit warning', () => process.emit('warning', warning));
};
process.on('warning', printWarning);

module.exports = { findDatabase };
