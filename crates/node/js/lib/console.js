'use strict';

// The console. Text goes straight to the host: a print never waits and never changes an order.

require('internal/error-stack');

const kBound = [
  'log', 'warn', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count', 'countReset', 'group',
  'groupEnd', 'table', 'debug', 'info', 'dirxml', 'error', 'groupCollapsed',
];

/** Text of a value that needs no inspection, `undefined` for one that does. */
function plain(value) {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Object.is(value, -0) ? '-0' : `${value}`;
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return `${value}`;
    default:
      return value === null ? 'null' : undefined;
  }
}

/** `util.format`, without loading it for what most programs print. */
function format(args) {
  const first = args[0];
  if (args.length < 2 || typeof first !== 'string' || !first.includes('%')) {
    const texts = args.map(plain);
    if (!texts.includes(undefined)) return texts.join(' ');
  }
  return require('internal/inspect').format(...args);
}

/** `1.5s`, `1:02.345 (m:ss.mmm)`: a duration in milliseconds as `console.time` writes it. */
function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const [whole, fraction] = ((ms % 60_000) / 1000).toFixed(3).split('.');
  const rest = `${whole.padStart(2, '0')}.${fraction}`;
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${rest} (h:mm:ss.mmm)`;
  return `${minutes}:${rest} (m:ss.mmm)`;
}

const kConsole = Symbol('kIsConsole');

class Console {
  #write;
  #indent = '';
  #width;
  #counts = new Map();
  #times = new Map();
  #options;

  /** Writes to two streams; `console` itself is made of the two functions that reach the process's own. */
  constructor(stdout, stderr = stdout) {
    let options = stdout;
    if (typeof stdout.write === 'function') options = { stdout, stderr };
    const streams = [options.stdout, options.stderr ?? options.stdout];
    for (const [i, stream] of streams.entries()) {
      if (typeof stream?.write !== 'function') {
        const { define, codes } = require('internal/errors');
        define('ERR_CONSOLE_WRITABLE_STREAM', TypeError, (name) => `Console expects a writable stream instance for ${name}`);
        throw new codes.ERR_CONSOLE_WRITABLE_STREAM(['stdout', 'stderr'][i]);
      }
    }
    this.#write = (fd, text) => streams[fd - 1].write(text);
    this.#width = options.groupIndentation ?? 2;
    this.#options = options.inspectOptions;
    for (const name of kBound) this[name] = this[name].bind(this);
    Object.defineProperty(this, kConsole, { value: true });
  }

  static [Symbol.hasInstance](object) {
    return object?.[kConsole] === true;
  }

  #print(fd, args) {
    let text = this.#options ? require('internal/inspect').formatWithOptions(this.#options, ...args) : format(args);
    if (this.#indent !== '') text = this.#indent + text.replaceAll('\n', `\n${this.#indent}`);
    this.#write(fd, `${text}\n`);
  }

  log(...args) {
    this.#print(1, args);
  }
  warn(...args) {
    this.#print(2, args);
  }
  error(...args) {
    this.#print(2, args);
  }
  dir(object, options) {
    this.#print(1, [require('internal/inspect').inspect(object, { customInspect: false, ...options })]);
  }

  assert(truth, ...args) {
    if (truth) return;
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  }

  trace(...args) {
    const error = { name: 'Trace', message: format(args) };
    Error.captureStackTrace(error, this.trace);
    this.error(error.stack);
  }

  count(label = 'default') {
    label = `${label}`;
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    this.log(`${label}: ${count}`);
  }
  countReset(label = 'default') {
    if (!this.#counts.delete(`${label}`)) process.emitWarning(`Count for '${label}' does not exist`);
  }

  time(label = 'default') {
    label = `${label}`;
    if (this.#times.has(label)) process.emitWarning(`Label '${label}' already exists for console.time()`);
    else this.#times.set(label, host.now());
  }
  timeEnd(label = 'default') {
    if (this.#lap('timeEnd', `${label}`, [])) this.#times.delete(`${label}`);
  }
  timeLog(label = 'default', ...data) {
    this.#lap('timeLog', `${label}`, data);
  }
  #lap(method, label, data) {
    const since = this.#times.get(label);
    if (since === undefined) {
      process.emitWarning(`No such label '${label}' for console.${method}()`);
      return false;
    }
    this.log('%s: %s', label, duration(host.now() - since), ...data);
    return true;
  }

  group(...label) {
    if (label.length > 0) this.log(...label);
    this.#indent += ' '.repeat(this.#width);
  }
  groupEnd() {
    this.#indent = this.#indent.slice(0, -this.#width || undefined);
  }

  table(data, columns) {
    if (columns !== undefined) require('internal/validators').validateArray(columns, 'properties');
    if (data === null || typeof data !== 'object') this.log(data);
    else this.log(require('internal/console/table')(data, columns));
  }

  clear() {}
}
Console.prototype.debug = Console.prototype.log;
Console.prototype.info = Console.prototype.log;
Console.prototype.dirxml = Console.prototype.log;
Console.prototype.groupCollapsed = Console.prototype.group;

/** The process's stream: past it while it is ours, through it where the program listens in by replacing `write`. */
const to = (fd) => ({
  write(text) {
    const stream = fd === 1 ? process.stdout : process.stderr;
    if (stream.write === stream._ownWrite || !Object.hasOwn(stream, 'write')) host.write(fd, text);
    else stream.write(text);
  },
});
const own = new Console({ stdout: to(1), stderr: to(2) });

// `console` is a plain object with a tag: that is how it prints.
const console = { __proto__: {} };
for (const name of kBound) console[name] = own[name];
Object.defineProperty(console, kConsole, { value: true });
Object.defineProperty(console, 'Console', { value: Console, writable: true, configurable: true });
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });

module.exports = console;
