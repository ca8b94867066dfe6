'use strict';

// TextEncoder and TextDecoder (Encoding Standard) for UTF-8, UTF-16LE and Latin-1.

const { codes } = require('internal/errors');

/** The UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD. */
const utf8Bytes = (text) => host.encodeUtf8(text);

/**
 * Text of UTF-8 `bytes`, each broken sequence as one U+FFFD (`undefined` instead of the text when `fatal`), and how many
 * bytes at the end are the beginning of a sequence; with `last` those are broken too.
 */
function utf8Text(bytes, fatal, last) {
  const [text, whole, left] = host.decodeUtf8(bytes);
  if (fatal && (!whole || (last && left > 0))) return [undefined, 0];
  return last || left === 0 ? [text, 0] : [text.slice(0, -1), left];
}

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return utf8Bytes(`${text}`);
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
    if (this.#encoding === 'utf-8') [text, left] = utf8Text(new Uint8Array(bytes), this.#fatal, !more);
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
