'use strict';

// `zlib`: gzip, deflate and raw deflate, each call one request to the thread pool.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateFunction, validateInteger } = require('internal/validators');

const constants = {
  Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_BLOCK: 5, Z_OK: 0, Z_STREAM_END: 1,
  Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4, Z_BUF_ERROR: -5,
  Z_VERSION_ERROR: -6, Z_NO_COMPRESSION: 0, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1, Z_HUFFMAN_ONLY: 2, Z_RLE: 3, Z_FIXED: 4, Z_DEFAULT_STRATEGY: 0, Z_MIN_LEVEL: -1, Z_MAX_LEVEL: 9,
  Z_DEFAULT_LEVEL: -1,
};

/** Every operation: which of the host's functions, and in which format. */
const OPERATIONS = {
  deflate: ['pack', 'deflate'], inflate: ['unpack', 'deflate'], gzip: ['pack', 'gzip'], gunzip: ['unpack', 'gzip'],
  deflateRaw: ['pack', 'raw'], inflateRaw: ['unpack', 'raw'], unzip: ['unpack', 'auto'],
};

function bytesOf(data) {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (/ArrayBuffer$/.test(host.isKind(data))) return new Uint8Array(data);
  throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
}

function levelOf(options) {
  const level = options?.level ?? -1;
  validateInteger(level, 'options.level', -1, 9);
  return level < 0 ? 6 : level;
}

/** zlib's error about what it cannot unpack: no stream at all, or one that was cut. */
function broken(format, bytes) {
  const begins = { gzip: bytes[0] === 0x1f && bytes[1] === 0x8b, deflate: (bytes[0] & 15) === 8, raw: true };
  const fields = begins[format]
    ? { message: 'unexpected end of file', errno: constants.Z_BUF_ERROR, code: 'Z_BUF_ERROR' }
    : { message: 'incorrect header check', errno: constants.Z_DATA_ERROR, code: 'Z_DATA_ERROR' };
  const error = new Error(fields.message);
  error.errno = fields.errno;
  error.code = fields.code;
  return error;
}

function run(name, bytes, options) {
  let [verb, format] = OPERATIONS[name];
  if (verb === 'pack') return Buffer.from(host.deflate(format, bytes, levelOf(options)));
  if (format === 'auto') format = bytes[0] === 0x1f ? 'gzip' : 'deflate';
  const plain = host.inflate(format, bytes);
  if (plain === undefined) throw broken(format, bytes);
  return Buffer.from(plain);
}

/** A thread packs 50 MB a second and unpacks four times that. */
const cost = (name, size) => 60 + Math.ceil(size / (OPERATIONS[name][0] === 'pack' ? 50 : 200));

function transformOf(name) {
  const { Transform } = require('stream');
  const Class = {
    [name]: class extends Transform {
      #chunks = [];
      #options;
      bytesWritten = 0;

      constructor(options) {
        super(options);
        this.#options = options;
        if (OPERATIONS[key][0] === 'pack') levelOf(options);
      }
      _transform(chunk, encoding, callback) {
        this.bytesWritten += chunk.length;
        this.#chunks.push(chunk);
        host.pool(key, `zlib.${name}`, 60, callback);
      }
      _flush(callback) {
        const bytes = Buffer.concat(this.#chunks);
        host.pool(key, `zlib.${name}`, cost(key, bytes.length), () => {
          let result;
          try {
            result = run(key, bytes, this.#options);
          } catch (error) {
            callback(error);
            return;
          }
          this.push(result);
          callback();
        });
      }
      close(callback) {
        if (callback) this.once('close', callback);
        this.destroy();
      }
    },
  }[name];
  const key = name[0].toLowerCase() + name.slice(1);
  return Class;
}

const zlib = { constants };
for (const name of Object.keys(OPERATIONS)) {
  const Name = name[0].toUpperCase() + name.slice(1);
  zlib[name] = {
    [name](data, options, callback) {
      if (typeof options === 'function') [options, callback] = [undefined, options];
      validateFunction(callback, 'callback');
      const bytes = bytesOf(data);
      if (OPERATIONS[name][0] === 'pack') levelOf(options);
      host.pool(name, callback.name || `zlib.${name}`, cost(name, bytes.length), () => {
        let result;
        try {
          result = run(name, bytes, options);
        } catch (error) {
          callback(error);
          return;
        }
        callback(null, result);
      });
    },
  }[name];
  zlib[`${name}Sync`] = (data, options) => run(name, bytesOf(data), options);
  let Class;
  Object.defineProperty(zlib, Name, { enumerable: true, configurable: true, get: () => (Class ??= transformOf(Name)) });
  zlib[`create${Name}`] = (options) => new zlib[Name](options);
}
Object.assign(zlib, constants);

/** CRC-32 (ISO 3309), as gzip computes it. */
zlib.crc32 = (data, value = 0) => {
  let crc = ~value;
  for (const byte of bytesOf(data)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

module.exports = zlib;
