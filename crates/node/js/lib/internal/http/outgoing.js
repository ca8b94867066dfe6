'use strict';

// OutgoingMessage: what a request and a response have in common when they are written.

const { Stream } = require('stream');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

function validateHeaderName(name, label = 'Header name') {
  if (typeof name !== 'string' || !TOKEN.test(name)) throw new codes.ERR_INVALID_HTTP_TOKEN(label, name);
}
function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(`${value}`)) throw new codes.ERR_INVALID_CHAR('header content', name);
}

class OutgoingMessage extends Stream {
  /** Lower-case name → [name, value]. */
  #headers = new Map();
  #trailer = '';
  /** What is written before there is a socket: `[bytes, callback]`. */
  #waiting = [];
  #finishing = false;

  constructor() {
    super();
    this.destroyed = false;
    this._last = false;
    this.chunkedEncoding = false;
    this.shouldKeepAlive = true;
    this.maxRequestsOnConnectionReached = false;
    this.useChunkedEncodingByDefault = true;
    this.sendDate = false;
    this.finished = false;
    this._hasBody = true;
    this._contentLength = undefined;
    this.socket = null;
    this._header = null;
    this._headerSent = false;
    this._closed = false;
    this._keepAliveTimeout = 0;
    this.strictContentLength = false;
    this.errored = null;
  }

  // ---- Headers ----

  setHeader(name, value) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
    validateHeaderName(name);
    for (const item of [value].flat()) validateHeaderValue(name, item);
    if (Array.isArray(value) && value.length === 0) validateHeaderValue(name, '');
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers) {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  appendHeader(name, value) {
    const present = this.#headers.get(name.toLowerCase());
    return this.setHeader(name, present ? [present[1], value].flat() : value);
  }
  getHeader(name) {
    require('internal/validators').validateString(name, 'name');
    return this.#headers.get(name.toLowerCase())?.[1];
  }
  getHeaderNames() {
    return [...this.#headers.keys()];
  }
  getRawHeaderNames() {
    return [...this.#headers.values()].map(([name]) => name);
  }
  getHeaders() {
    return Object.assign(Object.create(null), Object.fromEntries([...this.#headers].map(([key, [, value]]) => [key, value])));
  }
  hasHeader(name) {
    require('internal/validators').validateString(name, 'name');
    return this.#headers.has(name.toLowerCase());
  }
  removeHeader(name) {
    require('internal/validators').validateString(name, 'name');
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
    this.#headers.delete(name.toLowerCase());
  }
  addTrailers(headers) {
    for (const [name, value] of Array.isArray(headers) ? headers : Object.entries(headers)) {
      validateHeaderName(name, 'Trailer name');
      validateHeaderValue(name, value);
      this.#trailer += `${name}: ${value}\r\n`;
    }
  }
  get headersSent() {
    return !!this._header;
  }

  /** Fixes the head of the message: the program's headers, then what it left to us. */
  _storeHeader(firstLine, extra = undefined) {
    let text = firstLine;
    const has = new Set();
    let connection = '';
    const put = (name, value) => {
      has.add(name.toLowerCase());
      if (name.toLowerCase() === 'connection') connection = `${value}`.toLowerCase();
      if (name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value)) this.chunkedEncoding = true;
      if (name.toLowerCase() === 'content-length') this._contentLength = +value;
      const separate = Array.isArray(value) && (value.length < 2 || name.toLowerCase() !== 'cookie');
      for (const item of separate ? value : [Array.isArray(value) ? value.join('; ') : value]) text += `${name}: ${item}\r\n`;
    };
    for (const [name, value] of extra ?? this.#headers.values()) put(name, value);
    if (this.sendDate && !has.has('date')) put('Date', new Date(host.epoch + host.now()).toUTCString());
    if (!has.has('connection')) {
      const keeps = this.shouldKeepAlive && (has.has('content-length') || this.useChunkedEncodingByDefault || this.agent);
      if (this.maxRequestsOnConnectionReached || !keeps) {
        this._last = true;
        put('Connection', 'close');
      } else {
        put('Connection', 'keep-alive');
        if (this._keepAliveTimeout && !has.has('keep-alive')) put('Keep-Alive', `timeout=${Math.floor(this._keepAliveTimeout / 1000)}`);
      }
    } else if (connection.includes('close')) this._last = true;
    else this.shouldKeepAlive = true;
    if (!has.has('content-length') && !has.has('transfer-encoding')) {
      if (!this._hasBody) this.chunkedEncoding = false;
      else if (!this.useChunkedEncodingByDefault) this._last = this._last || !this.agent;
      else if (this.#trailer === '' && typeof this._contentLength === 'number') put('Content-Length', this._contentLength);
      else {
        put('Transfer-Encoding', 'chunked');
        this.chunkedEncoding = true;
      }
    }
    this._header = `${text}\r\n`;
  }
  /** The program's headers as pairs. */
  _pairs() {
    return [...this.#headers.values()];
  }
  flushHeaders() {
    if (!this._header) this._implicitHeader();
    this._send(Buffer.alloc(0));
  }

  // ---- Body ----

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    return this.#write(chunk, encoding, callback);
  }
  #write(chunk, encoding, callback = () => {}) {
    if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
    if (typeof chunk !== 'string' && host.isKind(chunk) !== 'TypedArray') {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
    }
    const error = this.finished ? new codes.ERR_STREAM_WRITE_AFTER_END() : this.destroyed ? new codes.ERR_STREAM_DESTROYED('write') : undefined;
    if (error) {
      process.nextTick(callback, error);
      if (this.destroyed) return false;
      process.nextTick(emitError, this, error);
      return false;
    }
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    if (!this._header) this._implicitHeader();
    if (!this._hasBody) {
      process.nextTick(callback);
      return true;
    }
    if (!this.chunkedEncoding) return this._send(bytes, callback);
    if (bytes.length === 0) {
      process.nextTick(callback);
      return true;
    }
    return this._send(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]), callback);
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [chunk, encoding, callback] = [undefined, undefined, chunk];
    else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (chunk !== undefined && chunk !== null) {
      if (this.finished) {
        this.#write(chunk, encoding, callback);
        return this;
      }
      if (!this._header) this._contentLength = Buffer.byteLength(chunk, encoding);
      this.#write(chunk, encoding);
    } else if (this.finished) {
      if (typeof callback === 'function') {
        if (!this.writableFinished) this.on('finish', callback);
        else callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
      }
      return this;
    } else if (!this._header) {
      this._contentLength = 0;
      this._implicitHeader();
    }
    if (typeof callback === 'function') this.once('finish', callback);
    const last = this._hasBody && this.chunkedEncoding ? `0\r\n${this.#trailer}\r\n` : '';
    this._send(Buffer.from(last, 'latin1'), () => this._finished());
    this.finished = true;
    return this;
  }
  _finished() {
    if (this.#finishing) return;
    this.#finishing = true;
    this.emit('finish');
  }

  /** Sends, the head first; without a socket it waits for one. */
  _send(bytes, callback) {
    if (!this._headerSent && this._header !== null) {
      bytes = Buffer.concat([Buffer.from(this._header, 'latin1'), bytes]);
      this._headerSent = true;
    }
    if (this.socket && this.socket._httpMessage === this && this.socket.writable) {
      this._flush();
      return this.socket.write(bytes, callback);
    }
    this.#waiting.push([bytes, callback]);
    return false;
  }
  /** Hands what waited to the socket that came. */
  _flush() {
    const waiting = this.#waiting.splice(0);
    for (const [bytes, callback] of waiting) this.socket.write(bytes, callback);
    if (waiting.length > 0 && !this.finished) process.nextTick(emitDrain, this);
  }

  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.errored = error ?? null;
    if (this.socket) this.socket.destroy(error);
    else this.once('socket', (socket) => socket.destroy(error));
    return this;
  }
  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    if (this.socket) this.socket.setTimeout(ms);
    else this.once('socket', (socket) => socket.setTimeout(ms));
    return this;
  }
  cork() {}
  uncork() {}

  get connection() {
    return this.socket;
  }
  get writable() {
    return !this.finished && !this.destroyed;
  }
  get writableEnded() {
    return this.finished;
  }
  get writableFinished() {
    return this.#finishing;
  }
  get writableLength() {
    return this.#waiting.reduce((sum, [bytes]) => sum + bytes.length, 0) + (this.socket?.writableLength ?? 0);
  }
  get writableHighWaterMark() {
    return this.socket?.writableHighWaterMark ?? 16384;
  }
  get writableObjectMode() {
    return false;
  }
  get writableNeedDrain() {
    return !this.destroyed && !this.finished && this.writableLength >= this.writableHighWaterMark;
  }
  get closed() {
    return this._closed;
  }
}

function emitError(message, error) {
  message.emit('error', error);
}
function emitDrain(message) {
  message.emit('drain');
}

module.exports = { OutgoingMessage, validateHeaderName, validateHeaderValue };
