'use strict';

// HTTP/1.1 messages from bytes (RFC 9112). Feed it what arrives; it calls back with heads, bodies and ends.

const { Buffer } = require('buffer');

const LINE = 0;
const HEADERS = 1;
const BODY = 2;
const UNTIL_CLOSE = 3;
const CHUNK_SIZE = 4;
const CHUNK = 5;
const CHUNK_END = 6;
const TRAILERS = 7;

function failure(message, code, bytes) {
  const error = new Error(`Parse Error: ${message}`);
  error.bytesParsed = 0;
  error.code = code;
  error.reason = message;
  error.rawPacket = bytes;
  return error;
}

class Parser {
  #state = LINE;
  #rest = Buffer.alloc(0);
  #left = 0;
  #head = undefined;

  /** `kind` is request or response; `on` has `head(head)` (true: no body follows), `body(bytes)` and `end()`. */
  constructor(kind, on) {
    this.kind = kind;
    this.on = on;
  }

  /** Takes what arrived. Throws the error that Node reports for what is no HTTP. */
  execute(bytes) {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (this.#rest.length > 0 && this.#step());
  }

  /** The connection has ended. False when that cuts a message in two. */
  finish() {
    if (this.#state === UNTIL_CLOSE) {
      this.#end();
      return true;
    }
    return this.#state === LINE && this.#rest.length === 0;
  }

  #line() {
    const at = this.#rest.indexOf('\n');
    if (at < 0) return undefined;
    const line = this.#rest.toString('latin1', 0, at).replace(/\r$/, '');
    this.#rest = this.#rest.subarray(at + 1);
    return line;
  }
  #take(size) {
    const part = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  /** One step; false when more bytes are needed. */
  #step() {
    if (this.#state === BODY || this.#state === CHUNK) {
      const part = this.#take(this.#left);
      this.#left -= part.length;
      this.on.body(part);
      if (this.#left === 0) {
        if (this.#state === CHUNK) this.#state = CHUNK_END;
        else this.#end();
      }
      return true;
    }
    if (this.#state === UNTIL_CLOSE) {
      this.on.body(this.#take(this.#rest.length));
      return true;
    }
    const packet = this.#rest;
    const line = this.#line();
    if (line === undefined) return false;
    if (this.#state === LINE) this.#start(line, packet);
    else if (this.#state === HEADERS) this.#header(line, packet);
    else if (this.#state === CHUNK_SIZE) this.#size(line, packet);
    else if (this.#state === CHUNK_END) this.#state = CHUNK_SIZE;
    else if (line === '') this.#end();
    else this.#head.trailers.push(...this.#pair(line, packet));
    return true;
  }

  #start(line, packet) {
    if (line === '') return;
    const head = { rawHeaders: [], trailers: [] };
    if (this.kind === 'request') {
      const parts = line.match(/^([A-Z][A-Z-]*) (\S+) HTTP\/(\d)\.(\d)$/);
      if (!parts) throw failure(/^[A-Z-]+ /.test(line) ? 'Expected HTTP/' : 'Invalid method encountered', /^[A-Z-]+ /.test(line) ? 'HPE_INVALID_CONSTANT' : 'HPE_INVALID_METHOD', packet);
      Object.assign(head, { method: parts[1], url: parts[2], major: +parts[3], minor: +parts[4] });
    } else {
      const parts = line.match(/^HTTP\/(\d)\.(\d) (\d{3})(?: (.*))?$/);
      if (!parts) throw failure('Expected HTTP/', 'HPE_INVALID_CONSTANT', packet);
      Object.assign(head, { major: +parts[1], minor: +parts[2], status: +parts[3], message: parts[4] ?? '' });
    }
    this.#head = head;
    this.#state = HEADERS;
  }

  #pair(line, packet) {
    const at = line.indexOf(':');
    if (at < 1) throw failure('Invalid header token', 'HPE_INVALID_HEADER_TOKEN', packet);
    return [line.slice(0, at), line.slice(at + 1).trim()];
  }

  #header(line, packet) {
    if (line !== '') {
      this.#head.rawHeaders.push(...this.#pair(line, packet));
      return;
    }
    const head = this.#head;
    const value = (name) => {
      for (let i = 0; i < head.rawHeaders.length; i += 2) if (head.rawHeaders[i].toLowerCase() === name) return head.rawHeaders[i + 1];
      return undefined;
    };
    const chunked = /chunked\s*$/i.test(value('transfer-encoding') ?? '');
    const length = value('content-length');
    if (length !== undefined && !/^\d+$/.test(length)) throw failure('Invalid character in Content-Length', 'HPE_INVALID_CONTENT_LENGTH', packet);
    const bodiless = head.status !== undefined && (head.status < 200 || head.status === 204 || head.status === 304);
    const untilClose = head.status !== undefined && !bodiless && !chunked && length === undefined;
    const connection = (value('connection') ?? '').toLowerCase();
    head.keepAlive = !untilClose && (head.minor === 0 ? connection.includes('keep-alive') : !connection.includes('close'));
    const skip = this.on.head(head);
    if (skip || bodiless || (!chunked && !untilClose && !(length > 0))) this.#end();
    else if (chunked) this.#state = CHUNK_SIZE;
    else if (untilClose) this.#state = UNTIL_CLOSE;
    else {
      this.#left = Number(length);
      this.#state = BODY;
    }
  }

  #size(line, packet) {
    const size = line.split(';')[0].trim();
    if (!/^[0-9a-f]+$/i.test(size)) throw failure('Invalid character in chunk size', 'HPE_INVALID_CHUNK_SIZE', packet);
    this.#left = parseInt(size, 16);
    this.#state = this.#left === 0 ? TRAILERS : CHUNK;
  }

  #end() {
    const { trailers } = this.#head;
    this.#state = LINE;
    this.#head = undefined;
    this.on.end(trailers);
  }
}

module.exports = { Parser };
