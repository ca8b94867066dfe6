'use strict';

// IncomingMessage: a request as the server reads it, a response as the client does.

const { Readable } = require('stream');

/** Headers of which only the first counts. */
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]);

/** Raw names and values as an object: lower case, repeated ones joined as Node joins them. */
function headersOf(raw) {
  const headers = {};
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    const value = raw[i + 1];
    if (name === 'set-cookie') (headers[name] ??= []).push(value);
    else if (headers[name] === undefined) headers[name] = value;
    else if (!SINGLE.has(name)) headers[name] += (name === 'cookie' ? '; ' : ', ') + value;
  }
  return headers;
}

function distinctOf(raw) {
  const headers = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) (headers[raw[i].toLowerCase()] ??= []).push(raw[i + 1]);
  return headers;
}

class IncomingMessage extends Readable {
  #headers;
  #trailers;

  constructor(socket) {
    super({ autoDestroy: true, highWaterMark: socket?.readableHighWaterMark });
    this.httpVersionMajor = null;
    this.httpVersionMinor = null;
    this.httpVersion = null;
    this.complete = false;
    this.rawHeaders = [];
    this.rawTrailers = [];
    this.aborted = false;
    this.upgrade = null;
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
    this.client = socket;
    this.socket = socket;
    this._consumed = false;
    this._dumped = false;
  }

  fill(head) {
    this.httpVersionMajor = head.major;
    this.httpVersionMinor = head.minor;
    this.httpVersion = `${head.major}.${head.minor}`;
    this.rawHeaders = head.rawHeaders;
    if (head.method !== undefined) {
      this.method = head.method;
      this.url = head.url;
    } else {
      this.statusCode = head.status;
      this.statusMessage = head.message;
    }
    return this;
  }

  get connection() {
    return this.socket;
  }
  get headers() {
    return (this.#headers ??= headersOf(this.rawHeaders));
  }
  set headers(value) {
    this.#headers = value;
  }
  get headersDistinct() {
    return distinctOf(this.rawHeaders);
  }
  get trailers() {
    return (this.#trailers ??= headersOf(this.rawTrailers));
  }
  get trailersDistinct() {
    return distinctOf(this.rawTrailers);
  }
  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    this.socket.setTimeout(ms);
    return this;
  }

  _read() {
    this._consumed = true;
    if (this.socket?.readable) this.socket.resume();
  }
  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    // A message that nobody waits for takes its connection along.
    if (this.socket && !this.socket.destroyed && this.aborted) {
      this.socket.destroy(error);
      if (!error && this.listenerCount('error') === 0) error = null;
    }
    process.nextTick(settle, this, error, callback);
  }
  /** Nobody reads it: pulls the rest off the wire. */
  _dump() {
    if (this._dumped) return;
    this._dumped = true;
    this.removeAllListeners('data');
    this.resume();
  }
}

function settle(message, error, callback) {
  // An error that nobody listens for is not one the message should throw.
  callback(message.listenerCount('error') === 0 ? null : error);
}

module.exports = { IncomingMessage, headersOf };
