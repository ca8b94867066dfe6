'use strict';

// The server's side of HTTP.

const net = require('net');
const { codes } = require('internal/errors');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { Parser } = require('internal/http/parser');

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created',
  202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content', 206: 'Partial Content',
  207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices', 301: 'Moved Permanently',
  302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy', 307: 'Temporary Redirect',
  308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden',
  404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required',
  408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed',
  413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable',
  417: 'Expectation Failed', 418: "I'm a Teapot", 421: 'Misdirected Request', 422: 'Unprocessable Entity',
  423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required', 428: 'Precondition Required',
  429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates', 507: 'Insufficient Storage',
  508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded', 510: 'Not Extended', 511: 'Network Authentication Required',
};

class ServerResponse extends OutgoingMessage {
  constructor(request) {
    super();
    this.req = request;
    this.sendDate = true;
    this.statusCode = 200;
    this.statusMessage = undefined;
    if (request.method === 'HEAD') this._hasBody = false;
    if (request.httpVersionMinor === 0) {
      this.useChunkedEncodingByDefault = false;
      this.shouldKeepAlive = false;
    }
  }

  writeHead(status, reason, headers) {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
    const code = status | 0;
    if (code < 100 || code > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(status);
    if (typeof reason === 'string') this.statusMessage = reason;
    else {
      this.statusMessage ||= STATUS_CODES[code] || 'unknown';
      headers ??= reason;
    }
    this.statusCode = code;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
    if (Array.isArray(headers)) {
      const flat = Array.isArray(headers[0]) ? headers.flat() : headers;
      for (let i = 0; i < flat.length; i += 2) this.setHeader(flat[i], flat[i + 1]);
    } else if (headers) for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
    if (code === 204 || code === 304 || code < 200) this._hasBody = false;
    // The length of what `end` brings counts only where the head is still open.
    if (!this.#implicit) this._contentLength = undefined;
    this._storeHeader(`HTTP/1.1 ${code} ${this.statusMessage}\r\n`);
    return this;
  }
  #implicit = false;
  _implicitHeader() {
    this.#implicit = true;
    this.writeHead(this.statusCode);
  }
  writeContinue(callback) {
    this.socket.write('HTTP/1.1 100 Continue\r\n\r\n', callback);
  }
  writeProcessing() {
    this.socket.write('HTTP/1.1 102 Processing\r\n\r\n');
  }

  assignSocket(socket) {
    socket._httpMessage = this;
    this.socket = socket;
    this.emit('socket', socket);
    this._flush();
  }
  detachSocket(socket) {
    socket._httpMessage = null;
    this.socket = null;
  }
}

class Server extends net.Server {
  constructor(options, listener) {
    if (typeof options === 'function') [options, listener] = [{}, options];
    options ??= {};
    super({ allowHalfOpen: true });
    this.keepAliveTimeout = options.keepAliveTimeout ?? 5000;
    this.headersTimeout = options.headersTimeout ?? 60_000;
    this.requestTimeout = options.requestTimeout ?? 300_000;
    this.maxHeadersCount = null;
    this.maxRequestsPerSocket = 0;
    this.timeout = 0;
    Object.defineProperty(this, 'open', { value: new Set() });
    Object.defineProperty(this, 'classes', {
      value: [options.IncomingMessage ?? IncomingMessage, options.ServerResponse ?? ServerResponse],
    });
    if (listener) this.on('request', listener);
    this.on('connection', (socket) => serve(this, socket));
  }
  close(callback) {
    super.close(callback);
    this.closeIdleConnections();
    return this;
  }
  closeIdleConnections() {
    for (const connection of [...this.open]) if (connection.idle()) connection.socket.destroy();
  }
  closeAllConnections() {
    for (const connection of [...this.open]) connection.socket.destroy();
  }
  setTimeout(ms, callback) {
    this.timeout = ms;
    if (callback) this.on('timeout', callback);
    return this;
  }
}

/** Reads requests off a connection and writes their responses in the same order. */
function serve(server, socket) {
  const [Request, Response] = server.classes;
  const incoming = [];
  const outgoing = [];
  let busy = 0;
  const connection = { socket, idle: () => busy === 0 && incoming.length === 0 };
  server.open.add(connection);
  if (server.timeout) socket.setTimeout(server.timeout);
  socket.on('timeout', () => {
    const request = incoming.at(-1);
    const heard = request && !request.complete && request.emit('timeout', socket);
    const answered = socket._httpMessage?.emit('timeout', socket);
    if (!heard && !answered && !server.emit('timeout', socket)) socket.destroy();
  });

  const finished = (request, response) => {
    incoming.shift();
    busy--;
    if (!request._consumed) request._dump();
    response.detachSocket(socket);
    process.nextTick(emitClose, response);
    if (response._last) socket.destroySoon();
    else if (outgoing.length > 0) outgoing.shift().assignSocket(socket);
    else if (server.keepAliveTimeout) socket.setTimeout(server.keepAliveTimeout);
  };

  const parser = new Parser('request', {
    head(head) {
      socket.setTimeout(server.timeout);
      const request = new Request(socket).fill(head);
      incoming.push(request);
      busy++;
      const response = new Response(request);
      response._keepAliveTimeout = server.keepAliveTimeout;
      response.shouldKeepAlive = head.keepAlive;
      if (socket._httpMessage) outgoing.push(response);
      else response.assignSocket(socket);
      response.on('finish', () => finished(request, response));
      if (/100-continue/i.test(request.headers.expect ?? '')) {
        if (!server.emit('checkContinue', request, response)) {
          response.writeContinue();
          server.emit('request', request, response);
        }
      } else server.emit('request', request, response);
      return false;
    },
    body(bytes) {
      const request = incoming.at(-1);
      if (request && !request._dumped && !request.push(bytes)) socket.pause();
    },
    end(trailers) {
      const request = incoming.at(-1);
      if (!request) return;
      request.rawTrailers = trailers;
      request.complete = true;
      request.push(null);
    },
  });

  const fail = (error) => {
    if (server.emit('clientError', error, socket)) return;
    if (socket.writable) socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    socket.destroy(error);
  };
  socket.on('data', (bytes) => {
    try {
      parser.execute(bytes);
    } catch (error) {
      if (error.rawPacket === undefined) throw error;
      fail(error);
    }
  });
  socket.on('end', () => {
    parser.finish();
    socket.end();
  });
  socket.on('error', (error) => {
    if (!server.emit('clientError', error, socket)) socket.destroy(error);
  });
  socket.on('drain', () => socket._httpMessage?.emit('drain'));
  socket.on('close', () => {
    server.open.delete(connection);
    for (const request of incoming) {
      if (request.complete || request.destroyed) continue;
      const error = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      request.destroy(error);
    }
    const response = socket._httpMessage;
    if (response) {
      response.destroyed = true;
      response._closed = true;
      response.emit('close');
    }
  });
}

function emitClose(response) {
  response.destroyed = true;
  response._closed = true;
  response.emit('close');
}

module.exports = { Server, ServerResponse, STATUS_CODES };
