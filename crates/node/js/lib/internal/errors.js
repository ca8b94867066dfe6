'use strict';

// Node's own errors: a class per code, named `TypeError [CODE]` in the stack and `TypeError` everywhere else.

const codes = Object.create(null);

/** What a value is, as the last words of Node's messages: ` Received type string ('x')`. */
function received(value) {
  if (value == null) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  const { inspect } = require('internal/inspect');
  if (typeof value === 'object') {
    if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${inspect(value, { depth: -1 })}`;
  }
  let text = inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
}

/** `a, b or c` */
function list(words, last = 'or') {
  if (words.length < 3) return words.join(` ${last} `);
  return `${words.slice(0, -1).join(', ')}, ${last} ${words.at(-1)}`;
}

/**
 * Defines the constructor `codes[code]`; `message` is a text or makes one from the arguments. What it constructs is a
 * `Base` and nothing less: `error.constructor === TypeError`.
 */
function define(code, Base, message) {
  codes[code] = function NodeError(...args) {
    const error = new Base(typeof message === 'function' ? message(...args) : message);
    Object.defineProperty(error, 'toString', {
      value() {
        return `${this.name} [${code}]: ${this.message}`;
      },
      enumerable: false,
      writable: true,
      configurable: true,
    });
    nameInStack(error, `${error.name} [${code}]`);
    error.code = code;
    return error;
  };
}

/** Writes `name` at the head of the stack of `error` and leaves its `name` alone. */
function nameInStack(error, name) {
  const stack = error.stack;
  if (typeof stack !== 'string') return;
  const at = stack.indexOf('\n    at ');
  const head = error.message === '' ? name : `${name}: ${error.message}`;
  Object.defineProperty(error, 'stack', {
    value: head + (at < 0 ? '' : stack.slice(at)),
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

const TYPES = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];

function invalidArgType(name, expected, actual) {
  const all = Array.isArray(expected) ? expected : [expected];
  const subject = name.endsWith(' argument')
    ? `The ${name}`
    : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  const types = all.filter((word) => TYPES.includes(word)).map((word) => word.toLowerCase());
  let instances = all.filter((word) => !TYPES.includes(word) && /^([A-Z][a-z0-9]*)+$/.test(word));
  const others = all.filter((word) => !TYPES.includes(word) && !/^([A-Z][a-z0-9]*)+$/.test(word));
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances = [...instances, 'Object'];
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types)}`);
  if (instances.length > 0) parts.push(`an instance of ${list(instances)}`);
  if (others.length > 0) parts.push(others.length > 1 ? `one of ${list(others)}` : article(others[0]));
  // Node joins the kinds with "or" and no comma, however many there are.
  return `${subject} must be ${parts.join(' or ')}.${received(actual)}`;
}

const article = (word) => (word.toLowerCase() !== word ? `an ${word}` : word);

function show(value) {
  return require('internal/inspect').inspect(value);
}

function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '_');
}

define('ERR_INVALID_ARG_TYPE', TypeError, invalidArgType);
define('ERR_INVALID_ARG_VALUE', TypeError, (name, value, reason = 'is invalid') => {
  let text = show(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${text}`;
});
define('ERR_OUT_OF_RANGE', RangeError, (name, range, input) => {
  let text = show(input);
  if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) text = grouped(input);
  else if (typeof input === 'bigint') {
    text = input > 2n ** 32n || input < -(2n ** 32n) ? `${grouped(input)}n` : `${input}n`;
  }
  return `The value of "${name}" is out of range. It must be ${range}. Received ${text}`;
});
define('ERR_MISSING_ARGS', TypeError, (...names) => {
  const quoted = names.map((name) => (Array.isArray(name) ? name.map((n) => `"${n}"`).join(' or ') : `"${name}"`));
  const words = quoted.length < 3 ? quoted.join(' and ') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
  return `The ${words} argument${names.length > 1 ? 's' : ''} must be specified`;
});
define('ERR_INVALID_RETURN_VALUE', TypeError, (input, name, value) => {
  const kind = value?.constructor?.name ? `an instance of ${value.constructor.name}` : `type ${typeof value}`;
  return `Expected ${input} to be returned from the "${name}" function but got ${kind}.`;
});
define('ERR_AMBIGUOUS_ARGUMENT', TypeError, (name, why) => `The "${name}" argument is ambiguous. ${why}`);
define('ERR_INVALID_THIS', TypeError, (type) => `Value of "this" must be of type ${type}`);
define('ERR_UNHANDLED_ERROR', Error, (value) => (value === undefined ? 'Unhandled error.' : `Unhandled error. (${value})`));
define('ERR_METHOD_NOT_IMPLEMENTED', Error, (method) => `The ${method} method is not implemented`);
define('ERR_MULTIPLE_CALLBACK', Error, 'Callback called multiple times');
define('ERR_UNKNOWN_ENCODING', TypeError, (encoding) => `Unknown encoding: ${encoding}`);
define('ERR_INVALID_URL_SCHEME', TypeError, (scheme) => `The URL must be of scheme ${scheme}`);
define('ERR_INVALID_FILE_URL_PATH', TypeError, (why) => `File URL path ${why}`);
define('ERR_INVALID_FILE_URL_HOST', TypeError, (platform) => `File URL host must be "localhost" or empty on ${platform}`);
define('ERR_FALSY_VALUE_REJECTION', Error, 'Promise was rejected with falsy value');
define('ERR_CRYPTO_INVALID_DIGEST', TypeError, (name) => `Invalid digest: ${name}`);
define('ERR_CRYPTO_HASH_FINALIZED', Error, 'Digest already called');
define('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', RangeError, (why) => (why ? `Invalid scrypt params: ${why}` : 'Invalid scrypt params'));
define('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', RangeError, 'Input buffers must have the same byte length');
define('ERR_INVALID_BUFFER_SIZE', RangeError, (bits) => `Buffer size must be a multiple of ${bits}`);
define('ERR_FS_FILE_TOO_LARGE', RangeError, (size) => `File size (${size}) is greater than 2 GiB`);
define('ERR_FS_EISDIR', Error, (what) => `Path is a directory: ${what}`);
define('ERR_SERVER_ALREADY_LISTEN', Error, 'Listen method has been called more than once without closing.');
define('ERR_SERVER_NOT_RUNNING', Error, 'Server is not running.');
define('ERR_SOCKET_BAD_PORT', RangeError, (name, port, allowZero = true) => {
  return `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536.${received(port)}.`;
});
define('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', Error, 'Socket closed before the connection was established');
define('ERR_SOCKET_CLOSED', Error, 'Socket is closed');
define('ERR_HTTP_HEADERS_SENT', Error, (what) => `Cannot ${what} headers after they are sent to the client`);
define('ERR_HTTP_INVALID_HEADER_VALUE', TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`);
define('ERR_HTTP_INVALID_STATUS_CODE', RangeError, (code) => `Invalid status code: ${code}`);
define('ERR_INVALID_HTTP_TOKEN', TypeError, (name, field) => `${name} must be a valid HTTP token ["${field}"]`);
define('ERR_INVALID_PROTOCOL', TypeError, (actual, expected) => `Protocol "${actual}" not supported. Expected "${expected}"`);
define('ERR_INVALID_CHAR', TypeError, (name, field) => `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`);
define('ERR_STREAM_WRITE_AFTER_END', Error, 'write after end');
define('ERR_STREAM_ALREADY_FINISHED', Error, (method) => `Cannot call ${method} after a stream was finished`);
define('ERR_STREAM_DESTROYED', Error, (method) => `Cannot call ${method} after a stream was destroyed`);
define('ERR_EVENT_RECURSION', Error, (type) => `The event "${type}" is already being dispatched`);
define('ERR_ENCODING_NOT_SUPPORTED', RangeError, (encoding) => `The "${encoding}" encoding is not supported`);
define('ERR_ENCODING_INVALID_ENCODED_DATA', TypeError, (encoding) => `The encoded data was not valid for encoding ${encoding}`);
define('ERR_ILLEGAL_CONSTRUCTOR', TypeError, 'Illegal constructor');
define('ERR_ARG_NOT_ITERABLE', TypeError, (name) => `${name} must be iterable`);
define('ERR_INVALID_TUPLE', TypeError, (name, shape) => `${name} must be an iterable ${shape} tuple`);
define('ERR_DIR_CLOSED', Error, 'Directory handle was closed');
define('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', TypeError, (what) => `The feature ${what} is unavailable on the current platform`);
define('ERR_STREAM_CANNOT_PIPE', Error, 'Cannot pipe, not readable');
define('ERR_STREAM_NULL_VALUES', TypeError, 'May not write null values to stream');
define('ERR_STREAM_PREMATURE_CLOSE', Error, 'Premature close');
define('ERR_STREAM_PUSH_AFTER_EOF', Error, 'stream.push() after EOF');
define('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', Error, 'stream.unshift() after end event');

/** Two errors of one failure: the first to be told, and the one that came while it was dealt with. */
function aggregateTwoErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const both = new AggregateError([outer, inner], outer.message);
  both.code = outer.code;
  return both;
}

/** Node hides some of its own functions from stacks; ours never show builtins anyway. */
const hideStackFrames = (fn) => fn;

/** An `AbortError` as timers, streams and `fs` reject with when a signal fires. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

module.exports = { codes, AbortError, aggregateTwoErrors, hideStackFrames, define, nameInStack, received };
