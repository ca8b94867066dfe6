'use strict';

const { codes } = require('internal/errors');
const { callbackify, promisify } = require('internal/promisify');
const { validateFunction, validateString } = require('internal/validators');

/** Functions of `id` that load it when they are first called. */
const from = (id, ...names) =>
  Object.fromEntries(names.map((name) => [name, { [name]: (...args) => require(id)[name](...args) }[name]]));

function inherits(child, parent) {
  validateFunction(child, 'ctor');
  validateFunction(parent, 'superCtor');
  if (parent.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', parent.prototype);
  }
  require('internal/inherits')(child, parent);
}

const warned = new Set();

/** `fn` with a DeprecationWarning at its first call, once for each code. */
function deprecate(fn, message, code) {
  let told = false;
  const deprecated = function (...args) {
    if (!told && !(code !== undefined && warned.has(code))) {
      told = true;
      if (code !== undefined) warned.add(code);
      process.emitWarning(message, 'DeprecationWarning', code, deprecated);
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  };
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

/** Writes to stderr when the environment's NODE_DEBUG names `section`. */
function debuglog(section) {
  const enabled = (process.env.NODE_DEBUG ?? '').toUpperCase().split(',').includes(section.toUpperCase());
  const log = (...args) => {
    if (enabled) host.write(2, `${section.toUpperCase()} ${process.pid}: ${require('internal/inspect').format(...args)}\n`);
  };
  return Object.defineProperty(log, 'enabled', { value: enabled });
}

/** Resolves when `signal` fires. */
async function aborted(signal) {
  require('internal/validators').validateAbortSignal(signal, 'signal');
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Text in colours; a single one only where it is wanted whatever the stream, for stdout is no terminal here. */
function styleText(format, text, { validateStream = true } = {}) {
  validateString(text, 'text');
  const { inspect } = require('internal/inspect');
  let styled = text;
  for (const name of [format].flat().reverse()) {
    const codes = inspect.colors[name];
    if (codes === undefined) require('internal/validators').validateOneOf(name, 'format', Object.keys(inspect.colors));
    styled = `\u001b[${codes[0]}m${styled}\u001b[${codes[1]}m`;
  }
  return validateStream && !Array.isArray(format) ? text : styled;
}

function getSystemErrorName(number) {
  const found = require('internal/system-errors').map().get(number);
  return found ? found[0] : `Unknown system error ${number}`;
}

const is = (type) => (value) => typeof value === type;

module.exports = {
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  ...from('internal/inspect', 'format', 'formatWithOptions', 'stripVTControlCharacters'),
  getSystemErrorMap: () => require('internal/system-errors').map(),
  getSystemErrorName,
  inherits,
  get inspect() {
    return require('internal/inspect').inspect;
  },
  isArray: Array.isArray,
  isBoolean: is('boolean'),
  isDate: (value) => require('internal/types').isDate(value),
  isDeepStrictEqual: (a, b) => require('internal/deep-equal').isDeepStrictEqual(a, b),
  isError: (value) => require('internal/types').isNativeError(value) || value instanceof Error,
  isFunction: is('function'),
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: is('number'),
  isObject: (value) => value !== null && typeof value === 'object',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isRegExp: (value) => require('internal/types').isRegExp(value),
  isString: is('string'),
  isSymbol: is('symbol'),
  isUndefined: is('undefined'),
  promisify,
  styleText,
  get TextDecoder() {
    return require('internal/encoding').TextDecoder;
  },
  get TextEncoder() {
    return require('internal/encoding').TextEncoder;
  },
  toUSVString: (text) => `${text}`.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  get types() {
    return require('internal/types');
  },
};
