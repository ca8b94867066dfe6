'use strict';

// TextEncoder and TextDecoder (Encoding Standard) for UTF-8, UTF-16LE and Latin-1.

const { codes } = require('internal/errors');

/** The UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD. */
function utf8Bytes(text) {
  const bytes = [];
  for (let i = 0; i < text.length; i++) {
    let code = text.codePointAt(i);
    if (code > 0xffff) i++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** How many bytes a sequence that starts with `byte` has, and the range of its second byte (Unicode, table 3-7). */
function sequence(byte) {
  if (byte < 0x80) return [1];
  if (byte >= 0xc2 && byte <= 0xdf) return [2, 0x80, 0xbf];
  if (byte >= 0xe0 && byte <= 0xef) return [3, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf];
  if (byte >= 0xf0 && byte <= 0xf4) return [4, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf];
  return [0];
}

/**
 * Text of UTF-8 `bytes`, each broken sequence as one U+FFFD (`undefined` instead of the text when `fatal`), and how many
 * bytes at the end are the beginning of a sequence; with `last` those are broken too.
 */
function utf8Text(bytes, fatal, last) {
  const chunks = [];
  let units = [];
  const put = (unit) => {
    units.push(unit);
    if (units.length >= 4096) chunks.push(String.fromCharCode(...units.splice(0)));
  };
  let i = 0;
  let left = 0;
  while (i < bytes.length) {
    const [length, low, high] = sequence(bytes[i]);
    let got = 1;
    let code = length < 2 ? bytes[i] : bytes[i] & (0xff >> (length + 1));
    while (got < length && i + got < bytes.length) {
      const byte = bytes[i + got];
      if (byte < (got === 1 ? low : 0x80) || byte > (got === 1 ? high : 0xbf)) break;
      code = (code << 6) | (byte & 63);
      got++;
    }
    if (got === length) {
      if (code > 0xffff) {
        put(0xd800 + ((code - 0x10000) >> 10));
        put(0xdc00 + ((code - 0x10000) & 0x3ff));
      } else put(code);
    } else if (length > 0 && i + got === bytes.length && !last) {
      left = got;
      break;
    } else {
      if (fatal) return [undefined, 0];
      put(0xfffd);
    }
    i += got;
  }
  return [chunks.join('') + String.fromCharCode(...units), left];
}

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return new Uint8Array(utf8Bytes(`${text}`));
  }
  encodeInto(source, target) {
    let read = 0;
    let written = 0;
    for (const character of source) {
      const bytes = utf8Bytes(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

const LABELS = {
  'utf-8': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', 'utf-16le': 'utf-16le', 'utf-16': 'utf-16le', ucs2: 'utf-16le',
  latin1: 'windows-1252', 'iso-8859-1': 'windows-1252', ascii: 'windows-1252', 'us-ascii': 'windows-1252', 'windows-1252': 'windows-1252',
};

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #kept = [];
  #started = false;

  constructor(encoding = 'utf-8', options = {}) {
    this.#encoding = LABELS[`${encoding}`.trim().toLowerCase()];
    if (this.#encoding === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#fatal = !!options?.fatal;
    this.#ignoreBOM = !!options?.ignoreBOM;
  }
  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBOM;
  }

  decode(input = new Uint8Array(), options = {}) {
    const bytes = [...this.#kept, ...view(input)];
    const more = !!options?.stream;
    let text = '';
    let left = 0;
    if (this.#encoding === 'utf-8') [text, left] = utf8Text(bytes, this.#fatal, !more);
    else if (this.#encoding === 'windows-1252') text = bytes.map((byte) => String.fromCharCode(byte)).join('');
    else {
      left = bytes.length % 2;
      for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
      if (left > 0 && !more) text += '\ufffd';
    }
    if (text === undefined) throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding);
    this.#kept = more ? bytes.slice(bytes.length - left) : [];
    if (!this.#started && !this.#ignoreBOM && text.startsWith('\ufeff')) text = text.slice(1);
    this.#started = more && (this.#started || text !== '');
    return text;
  }
}

function view(input) {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (host.isKind(input) === 'ArrayBuffer' || host.isKind(input) === 'SharedArrayBuffer') return new Uint8Array(input);
  throw new codes.ERR_INVALID_ARG_TYPE('list', ['SharedArrayBuffer', 'ArrayBuffer', 'ArrayBufferView'], input);
}

for (const Class of [TextEncoder, TextDecoder]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

module.exports = { TextDecoder, TextEncoder, utf8Bytes, utf8Text };
