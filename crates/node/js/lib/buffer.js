'use strict';

// Node's Buffer: the npm package `buffer`, with Node's way of printing and Node's errors.

const bundled = require('npm:buffer');
const { codes } = require('internal/errors');
const { utf8Bytes, utf8Text } = require('internal/encoding');
const { validateArray, validateNumber } = require('internal/validators');

const { Buffer } = bundled;
const customInspect = Symbol.for('nodejs.util.inspect.custom');
const kMaxLength = 2 ** 32;

// The bundler renames it.
Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });

const ENCODINGS = ['utf8', 'utf-8', 'hex', 'base64', 'base64url', 'latin1', 'binary', 'ascii', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le'];

Buffer.isEncoding = (encoding) => typeof encoding === 'string' && ENCODINGS.includes(encoding.toLowerCase());

function checkEncoding(encoding) {
  if (encoding !== undefined && encoding !== null && encoding !== '' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  }
}

const isUtf8 = (encoding) => encoding === undefined || encoding === 'utf8' || encoding === 'utf-8' || /^utf-?8$/i.test(encoding);
const methods = Buffer.prototype;
const isBase64Url = (encoding) => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';

// ---- Making ----

/** Nobody else's bytes, as a Buffer. */
const adopt = (bytes) => Object.setPrototypeOf(bytes, methods);
const bufferOf = (bytes) => adopt(new Uint8Array(bytes));

const theirFrom = Buffer.from;

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') {
    if (isUtf8(encodingOrOffset)) return adopt(utf8Bytes(value));
    checkEncoding(encodingOrOffset);
    return theirFrom(value, isBase64Url(encodingOrOffset) ? 'base64' : encodingOrOffset);
  }
  if (typeof value === 'object' && value !== null) {
    const kind = host.isKind(value);
    if (kind === 'ArrayBuffer' || kind === 'SharedArrayBuffer') {
      const offset = encodingOrOffset === undefined ? 0 : Math.trunc(encodingOrOffset) || 0;
      if (offset > value.byteLength) throw new (boundsError())('"offset" is outside of buffer bounds');
      const size = length === undefined ? value.byteLength - offset : Math.max(0, length);
      if (offset + size > value.byteLength) throw new (boundsError())('"length" is outside of buffer bounds');
      return adopt(new Uint8Array(value, offset, size));
    }
    const primitive = typeof value.valueOf === 'function' ? value.valueOf() : value;
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return Buffer.from(primitive, encodingOrOffset, length);
    }
    if (value.length !== undefined || kind === 'TypedArray') {
      if (value instanceof Uint8Array) return bufferOf(value);
      return typeof value.length === 'number' && value.length > 0 ? bufferOf(Array.from(value, (byte) => byte & 255)) : Buffer.alloc(0);
    }
    if (value.type === 'Buffer' && Array.isArray(value.data)) return bufferOf(value.data);
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return Buffer.from(text, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

function boundsError() {
  if (!codes.ERR_BUFFER_OUT_OF_BOUNDS) require('internal/errors').define('ERR_BUFFER_OUT_OF_BOUNDS', RangeError, (text = 'Attempt to access memory outside buffer bounds') => text);
  return codes.ERR_BUFFER_OUT_OF_BOUNDS;
}

for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow']) {
  const theirs = Buffer[name];
  Buffer[name] = {
    [name]: function (size, fill, encoding) {
      if (!(typeof size === 'number' && size >= 0 && size <= kMaxLength)) validateNumber(size, 'size', 0, kMaxLength);
      if (fill === undefined || fill === 0 || name !== 'alloc') return adopt(new Uint8Array(size));
      return theirs(size).fill(fill, encoding);
    },
  }[name];
}
Buffer.of = (...bytes) => bufferOf(bytes.map((byte) => byte & 255));
Buffer.copyBytesFrom = (view, offset = 0, length = view.length - offset) => {
  const part = view.subarray(offset, offset + length);
  return bufferOf(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

const theirByteLength = Buffer.byteLength;
Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value === 'string' && isUtf8(encoding)) return utf8Bytes(value).length;
  if (typeof value !== 'string' && !ArrayBuffer.isView(value) && !/ArrayBuffer$/.test(host.isKind(value))) {
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  }
  return theirByteLength(value, isBase64Url(encoding) ? 'base64' : encoding);
};

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  let sum = 0;
  for (let i = 0; i < list.length; i++) {
    if (host.isKind(list[i]) !== 'TypedArray') throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], list[i]);
    sum += list[i].length;
  }
  const total = length ?? sum;
  const joined = Buffer.alloc(total);
  for (let i = 0, at = 0; i < list.length && at < total; i++) {
    const item = list[i];
    joined.set(at + item.length > total ? item.subarray(0, total - at) : item, at);
    at += item.length;
  }
  return joined;
};
Buffer.poolSize = 8192;

// ---- Reading and printing ----

/** A place in `length` bytes that an argument names: from the end, if it is negative. */
const place = (value, length, otherwise) => {
  if (value === undefined) return otherwise;
  if (value >= 0 && value <= length && Number.isInteger(value)) return value;
  const at = Math.trunc(value) || 0;
  return at < 0 ? Math.max(0, at + length) : Math.min(at, length);
};
Object.assign(methods, {
  subarray(start, end) {
    const { length } = this;
    const from = place(start, length, 0);
    const until = place(end, length, length);
    return adopt(new Uint8Array(this.buffer, this.byteOffset + from, until > from ? until - from : 0));
  },
  slice(start, end) {
    return this.subarray(start, end);
  },
});

const theirToString = methods.toString;

methods.toString = function toString(encoding, start = 0, end = this.length) {
  if (isUtf8(encoding)) return host.textOfUtf8(this, start, end);
  checkEncoding(encoding);
  if (isBase64Url(encoding)) {
    return theirToString.call(this, 'base64', start, end).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }
  return theirToString.call(this, encoding, start, end);
};

const theirWrite = methods.write;
methods.write = function write(text, offset, length, encoding) {
  if (typeof text !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('argument', 'string', text);
  if (typeof offset === 'string') [encoding, offset, length] = [offset, 0, this.length];
  else if (typeof length === 'string') [encoding, length] = [length, undefined];
  checkEncoding(encoding);
  const room = Math.min(length ?? Infinity, this.length - (offset ?? 0));
  if (isUtf8(encoding) && offset >= 0 && room >= 0) {
    const bytes = utf8Bytes(text);
    let fits = Math.min(bytes.length, room);
    // Never a part of a character.
    while ((bytes[fits] & 0xc0) === 0x80) fits--;
    this.set(fits < bytes.length ? bytes.subarray(0, fits) : bytes, offset);
    return fits;
  }
  return theirWrite.call(this, text, offset ?? 0, length ?? this.length - (offset ?? 0), isBase64Url(encoding) ? 'base64' : encoding);
};

/** Prints as `<Buffer 68 69>`: the first fifty bytes, and how many more there are. */
methods[customInspect] = function inspect(depth, options) {
  const limit = module.exports.INSPECT_MAX_BYTES;
  let text = Array.from(this.subarray(0, limit), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (this.length > limit) text += ` ... ${this.length - limit} more byte${this.length - limit > 1 ? 's' : ''}`;
  const extra = Object.keys(this).filter((key) => !/^\d+$/.test(key));
  if (extra.length > 0 && options) {
    const shown = { __proto__: null };
    for (const key of extra) shown[key] = this[key];
    const { inspect } = require('internal/inspect');
    text += `${text === '' ? '' : ', '}${inspect(shown, { ...options, breakLength: Infinity, compact: true }).slice(27, -2)}`;
  }
  return `<${this.constructor.name} ${text}>`;
};
methods.inspect = methods[customInspect];

// ---- Errors of reads and writes, in Node's words ----

/** Runs one of the package's methods; where it complains, says why as Node does. */
function checked(name, theirs, bytes, isWrite) {
  const value = 0;
  const slow = {
    [name](...args) {
      const input = isWrite ? args[value] : undefined;
      const offset = (isWrite ? args[1] : args[0]) ?? 0;
      const size = bytes ?? (isWrite ? args[2] : args[1]);
      if (typeof offset !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
      if (!Number.isInteger(offset)) throw new codes.ERR_OUT_OF_RANGE('offset', 'an integer', offset);
      if (isWrite && bytes !== undefined) checkRange(name, input, bytes);
      if (offset < 0 || offset + size > this.length) {
        if (this.length - size < 0) throw new (boundsError())();
        throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 and <= ${this.length - size}`, offset);
      }
      return theirs.apply(this, args);
    },
  }[name];
  if (bytes === undefined) return slow;
  // What nothing is wrong with, the package need not look at again.
  const fits = (self, offset) => Number.isInteger(offset) && offset >= 0 && offset + bytes <= self.length;
  if (!isWrite) {
    return {
      [name](offset = 0) {
        return fits(this, offset) ? theirs.call(this, offset, true) : slow.call(this, offset);
      },
    }[name];
  }
  // Integers that both signs can hold; of all others the slow one knows.
  const high = /Int/.test(name) ? 2 ** (bytes * 8 - 1) : 0;
  return {
    [name](value, offset = 0) {
      const sound = Number.isInteger(value) && value >= 0 && value < high && fits(this, offset);
      return sound ? theirs.call(this, value, offset, true) : slow.call(this, value, offset);
    },
  }[name];
}

function checkRange(name, value, bytes) {
  const kind = name.match(/^write(Big)?(U?Int)/);
  if (!kind) return;
  const big = kind[1] !== undefined;
  const bits = BigInt(bytes * 8);
  const [low, high] = kind[2] === 'UInt' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  if (big ? value >= low && value <= high : !(value < Number(low) || value > Number(high))) return;
  const n = big ? 'n' : '';
  let range = `>= ${low}${n} and <= ${high}${n}`;
  if (bytes > 3) {
    range = kind[2] === 'UInt' ? `>= 0${n} and < 2${n} ** ${bits}${n}` : `>= -(2${n} ** ${bits - 1n}${n}) and < 2${n} ** ${bits - 1n}${n}`;
  }
  throw new codes.ERR_OUT_OF_RANGE('value', range, value);
}

const BYTES = { 8: 1, 16: 2, 32: 4, 64: 8, Float: 4, Double: 8 };
for (const name of Object.getOwnPropertyNames(methods)) {
  const [, verb, kind] = name.match(/^(read|write)(?:Big)?(?:U?[Ii]nt)?(8|16|32|64|Float|Double|LE|BE)/) ?? [];
  if (verb === undefined || name === 'write') continue;
  methods[name] = checked(name, methods[name], BYTES[kind], verb === 'write');
}

// A host with a database, where much of the work is with bytes, does itself what nothing is wrong with.
if (host.bufferMethod) {
  for (const name of ['from', 'concat', 'byteLength']) Buffer[name] = host.bufferMethod(name, Buffer[name], methods);
  for (const name of Object.getOwnPropertyNames(methods)) {
    if (/^(read|write|toString|subarray|slice)/.test(name)) methods[name] = host.bufferMethod(name, methods[name], methods);
  }
}
methods.toLocaleString = methods.toString;

function atob(text) {
  const packed = `${text}`.replace(/[\t\n\f\r ]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed) || packed.replace(/=+$/, '').length % 4 === 1) {
    const { DOMException } = require('internal/dom-exception');
    throw new DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return Buffer.from(packed, 'base64').toString('latin1');
}

function btoa(text) {
  const plain = `${text}`;
  if (/[^\0-\xff]/.test(plain)) {
    const { DOMException } = require('internal/dom-exception');
    throw new DOMException('Invalid character', 'InvalidCharacterError');
  }
  return Buffer.from(plain, 'latin1').toString('base64');
}

module.exports = {
  atob,
  btoa,
  Buffer,
  constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 536870888 },
  INSPECT_MAX_BYTES: 50,
  isAscii: (bytes) => new Uint8Array(bytes.buffer ?? bytes).every((byte) => byte < 128),
  isUtf8: (bytes) => utf8Text(bytes, true, true)[0] !== undefined,
  kMaxLength,
  kStringMaxLength: 536870888,
  SlowBuffer: bundled.SlowBuffer,
};
