'use strict';

// The client's side of HTTP.

const { AbortError, codes } = require('internal/errors');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { Parser } = require('internal/http/parser');
const agents = require('internal/http/agent');

const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

const hangUp = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

class ClientRequest extends OutgoingMessage {
  constructor(input, options, callback) {
    super();
    if (typeof input === 'string') input = new (require('internal/url').URL)(input);
    const fromUrl = input instanceof require('internal/url').URL ? require('url').urlToHttpOptions(input) : undefined;
    if (fromUrl === undefined) [options, callback] = [input, options];
    else if (typeof options === 'function') [options, callback] = [{}, options];
    options = { ...fromUrl, ...options };

    let { agent } = options;
    if (agent === false) agent = new agents.Agent();
    else if (agent === null || agent === undefined) agent = options.createConnection ? undefined : agents.globalAgent;
    this.agent = agent;
    const protocol = options.protocol || agent?.protocol || 'http:';
    if (protocol !== 'http:') throw new codes.ERR_INVALID_PROTOCOL(protocol, 'http:');
    if (options.path && /[^\u0021-\u00ff]/.test(`${options.path}`)) {
      const { define } = require('internal/errors');
      define('ERR_UNESCAPED_CHARACTERS', TypeError, (what) => `${what} contains unescaped characters`);
      throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
    }
    const port = options.port || options.defaultPort || 80;
    const hostname = options.hostname || options.host || 'localhost';
    const { method } = options;
    if (method !== undefined && method !== null && typeof method !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
    if (method && !/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    this.method = (method || 'GET').toUpperCase();
    this.path = options.path || '/';
    this.host = hostname;
    this.protocol = protocol;
    this.reusedSocket = false;
    this.aborted = false;
    this.res = null;
    this.timeout = options.timeout;
    this.shouldKeepAlive = agent ? agent.keepAlive : false;
    this._ended = false;
    if (callback) this.once('response', callback);

    const headers = options.headers;
    if (Array.isArray(headers)) for (let i = 0; i < headers.length; i += 2) this.setHeader(headers[i], headers[i + 1]);
    else if (headers) for (const name of Object.keys(headers)) this.setHeader(name, headers[name]);
    if (!this.hasHeader('host') && options.setHost !== false) {
      const name = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
      this.setHeader('Host', Number(port) === 80 ? name : `${name}:${port}`);
    }
    if (options.auth && !this.hasHeader('authorization')) {
      this.setHeader('Authorization', `Basic ${require('buffer').Buffer.from(options.auth).toString('base64')}`);
    }
    this.useChunkedEncodingByDefault = !WITHOUT_BODY.includes(this.method);
    if (options.signal) {
      const abort = () => this.destroy(new AbortError(undefined, { cause: options.signal.reason }));
      if (options.signal.aborted) process.nextTick(abort);
      else options.signal.addEventListener('abort', abort, { once: true });
    }

    const place = { ...options, host: hostname, port };
    if (agent) agent.addRequest(this, place);
    else this.onSocket(options.createConnection(place));
  }

  _implicitHeader() {
    if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`);
  }
  abort() {
    if (this.aborted) return;
    this.aborted = true;
    process.nextTick(emitAbort, this);
    this.destroy();
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.res?._dump();
    this.errored = error ?? null;
    this.socket?.destroy(error);
    return this;
  }
  onSocket(socket) {
    process.nextTick(onSocket, this, socket);
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
}

function emitAbort(request) {
  request.emit('abort');
}

function onSocket(request, socket) {
  if (request.destroyed) {
    // Destroyed before it had a connection: the connection goes, and the request says why.
    socket.destroy();
    const error = request.errored ?? hangUp();
    request.emit('error', error);
    request._closed = true;
    request.emit('close');
    return;
  }
  attach(request, socket);
  request.emit('socket', socket);
  request._flush();
}

function attach(request, socket) {
  request.socket = socket;
  socket._httpMessage = request;
  let failed = false;

  const fail = (error) => {
    if (failed) return;
    failed = true;
    request.emit('error', error);
  };
  const parser = new Parser('response', {
    head(head) {
      if (head.status === 100 || head.status === 102 || head.status === 103) {
        request.emit(head.status === 100 ? 'continue' : 'information', head);
        return true;
      }
      const response = new IncomingMessage(socket).fill(head);
      response.req = request;
      request.res = response;
      if (request.shouldKeepAlive && !head.keepAlive) request.shouldKeepAlive = false;
      response.on('end', onEnd);
      const heard = request.emit('response', response);
      if (!heard) response._dump();
      if (request.method === 'HEAD') return true;
      return false;
    },
    body(bytes) {
      const { res } = request;
      if (res && !res._dumped && !res.push(bytes)) socket.pause();
    },
    end(trailers) {
      const { res } = request;
      if (!res) return;
      res.rawTrailers = trailers;
      res.complete = true;
      res.push(null);
    },
  });

  const onData = (bytes) => {
    try {
      parser.execute(bytes);
    } catch (error) {
      if (error.rawPacket === undefined) throw error;
      fail(error);
      socket.destroy();
    }
  };
  const onSocketEnd = () => {
    if (!request.res) fail(hangUp());
    parser.finish();
    socket.end();
  };
  const onError = (error) => {
    fail(error);
    socket.destroy();
  };
  const onClose = () => {
    parser.finish();
    const { res } = request;
    request.destroyed = true;
    if (res) {
      if (!res.complete) res.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      request._closed = true;
      request.emit('close');
      if (!res.aborted && res.readable) res.push(null);
      return;
    }
    fail(request.errored ?? hangUp());
    request._closed = true;
    request.emit('close');
  };
  const onTimeout = () => request.emit('timeout');
  const onDrain = () => request.emit('drain');
  const listeners = { data: onData, end: onSocketEnd, error: onError, close: onClose, timeout: onTimeout, drain: onDrain };
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  if (request.timeout) socket.setTimeout(request.timeout);

  /** The response was read: the connection is free once the request is written too. */
  function onEnd() {
    request._ended = true;
    if (!request.shouldKeepAlive) {
      if (socket.writable) socket.destroySoon();
    } else if (request.writableFinished && !this.aborted) release();
    else request.once('finish', release);
  }
  function release() {
    for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
    if (request.timeout) socket.setTimeout(0);
    process.nextTick(emitFree, request, socket);
    request.destroyed = true;
    if (request.res) request.res.socket = null;
  }
}

function emitFree(request, socket) {
  request._closed = true;
  request.emit('close');
  socket.emit('free');
}

module.exports = { ClientRequest };
