'use strict';

// `crypto`: digests and keys by the host, random numbers from the scenario's seed.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateString, validateUint32 } = require('internal/validators');
const { work } = require('internal/work');

const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

const asBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const as = (bytes, encoding) => (encoding && encoding !== 'buffer' ? asBuffer(bytes).toString(encoding) : asBuffer(bytes));

function bytesOf(value, name, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (/ArrayBuffer$/.test(host.isKind(value))) return new Uint8Array(value);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

/** OpenSSL's own words for a digest it does not have. */
function checkDigest(algorithm) {
  if (host.digest(algorithm, new Uint8Array(0)) !== undefined) return;
  throw new Error('Digest method not supported');
}

// ---- Hash and Hmac ----

let classes;

/** The two classes are streams: they are made when the first of them is. */
function digesters() {
  if (classes) return classes;
  const { Transform } = require('stream');
  class Digester extends Transform {
    #chunks = [];
    #done = false;
    #compute;

    constructor(compute, options) {
      super(options);
      this.#compute = compute;
    }
    update(data, encoding) {
      if (this.#done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
      if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
        throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
      }
      this.#chunks.push(Buffer.from(bytesOf(data, 'data', encoding)));
      return this;
    }
    digest(encoding) {
      if (this.#done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
      this.#done = true;
      return as(this.#compute(Buffer.concat(this.#chunks)), encoding);
    }
    fork(Class, compute) {
      if (this.#done) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
      const copy = new Class(compute ?? this.#compute);
      for (const chunk of this.#chunks) copy.update(chunk);
      return copy;
    }
    _transform(chunk, encoding, callback) {
      this.update(chunk, encoding);
      callback();
    }
    _flush(callback) {
      this.push(this.digest());
      callback();
    }
  }
  class Hash extends Digester {
    copy() {
      return this.fork(Hash);
    }
  }
  class Hmac extends Digester {}
  return (classes = { Hash, Hmac });
}

function createHash(algorithm, options) {
  validateString(algorithm, 'algorithm');
  checkDigest(algorithm);
  return new (digesters().Hash)((data) => host.digest(algorithm, data), options);
}

function createHmac(algorithm, key, options) {
  validateString(algorithm, 'hmac');
  const secret = bytesOf(key, 'key');
  if (host.digest(algorithm, new Uint8Array(0)) === undefined) {
    const error = new Error(`Invalid digest: ${algorithm}`);
    error.code = 'ERR_CRYPTO_INVALID_DIGEST';
    throw error;
  }
  return new (digesters().Hmac)((data) => host.hmac(algorithm, secret, data), options);
}

// ---- Random ----

function randomBytes(size, callback) {
  require('internal/validators').validateNumber(size, 'size', 0, 2147483647);
  if (callback === undefined) return asBuffer(host.randomBytes(size));
  validateFunction(callback, 'callback');
  work('randomBytes', callback, 20 + Math.ceil(size / 500), () => asBuffer(host.randomBytes(size)));
  return undefined;
}

function fill(buffer, offset = 0, size = buffer.byteLength - offset) {
  new Uint8Array(buffer.buffer ?? buffer, (buffer.byteOffset ?? 0) + offset, size).set(host.randomBytes(size));
  return buffer;
}

function randomFill(buffer, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'callback');
  work('randomFill', callback, 20 + Math.ceil(buffer.byteLength / 500), () => fill(buffer, ...rest));
}

const number = () => host.randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0);

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const draw = () => min + (number() % (max - min));
  if (callback === undefined) return draw();
  validateFunction(callback, 'callback');
  const drawn = draw();
  process.nextTick(callback, undefined, drawn);
  return undefined;
}

function randomUUID() {
  const bytes = host.randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// ---- Keys from passwords ----

/** Keys computed so far: five equal requests on the pool take five times the virtual time, and one computation. */
const known = new Map();

function remembered(parts, compute) {
  const key = parts.map((part) => (ArrayBuffer.isView(part) ? Buffer.from(part).toString('hex') : part)).join(':');
  if (!known.has(key)) known.set(key, compute());
  return Buffer.from(known.get(key));
}

function checkPbkdf2(password, salt, iterations, length, digest) {
  if (typeof digest !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('digest', 'string', digest);
  const parts = [bytesOf(password, 'password'), bytesOf(salt, 'salt')];
  validateInteger(iterations, 'iterations', 1, 2147483647);
  validateInteger(length, 'keylen', 0, 2147483647);
  if (host.digest(digest, new Uint8Array(0)) === undefined) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
  return () => remembered(['pbkdf2', ...parts, iterations, length, digest], () => host.pbkdf2(...parts, iterations, length, digest));
}

/** A thread does two million rounds of SHA-512 a second, and a key takes a round for each block of the digest. */
function pbkdf2(password, salt, iterations, length, digest, callback) {
  if (typeof digest === 'function') [digest, callback] = [undefined, digest];
  const compute = checkPbkdf2(password, salt, iterations, length, digest);
  validateFunction(callback, 'callback');
  const size = host.digest(digest, new Uint8Array(0)).length;
  work('pbkdf2', callback, 50 + Math.round(iterations * Math.max(1, Math.ceil(length / size)) * 0.5), compute);
}

function scryptOptions(options = {}) {
  const N = options.N ?? options.cost ?? 16384;
  const r = options.r ?? options.blockSize ?? 8;
  const p = options.p ?? options.parallelization ?? 1;
  for (const [value, name] of [[N, 'N'], [r, 'r'], [p, 'p']]) validateUint32(value, name);
  return { N, r, p, maxmem: options.maxmem ?? 32 * 1024 * 1024 };
}

function checkScrypt(password, salt, length, options) {
  const parts = [bytesOf(password, 'password'), bytesOf(salt, 'salt')];
  validateInteger(length, 'keylen', 0, 2147483647);
  const { N, r, p, maxmem } = scryptOptions(options);
  if (N < 2 || (N & (N - 1)) !== 0) throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();
  if (128 * N * r > maxmem) throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS('memory limit exceeded');
  const micros = 50 + Math.round((N * r * p) / 3.2);
  return [micros, () => remembered(['scrypt', ...parts, length, N, r, p], () => host.scrypt(...parts, length, N, r, p))];
}

function scrypt(password, salt, length, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const [micros, compute] = checkScrypt(password, salt, length, options);
  validateFunction(callback, 'callback');
  work('scrypt', callback, micros, compute);
}

function timingSafeEqual(a, b) {
  for (const [i, buffer] of [a, b].entries()) {
    if (!ArrayBuffer.isView(buffer)) throw new codes.ERR_INVALID_ARG_TYPE(`buf${i + 1}`, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  if (a.byteLength !== b.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return asBuffer(a).equals(asBuffer(b));
}

module.exports = {
  createHash,
  createHmac,
  getHashes: () => [...HASHES],
  getRandomValues: (array) => fill(array),
  hash(algorithm, data, encoding = 'hex') {
    checkDigest(algorithm);
    return as(host.digest(algorithm, bytesOf(data, 'input')), encoding);
  },
  pbkdf2,
  pbkdf2Sync: (...args) => checkPbkdf2(...args)(),
  randomBytes,
  randomFill,
  randomFillSync: fill,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync: (...args) => checkScrypt(...args)[1](),
  timingSafeEqual,
  get Hash() {
    return digesters().Hash;
  },
  get Hmac() {
    return digesters().Hmac;
  },
  webcrypto: { getRandomValues: (array) => fill(array), randomUUID },
};
