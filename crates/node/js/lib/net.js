'use strict';

// TCP on the simulated network: Socket and Server with the events of Node's.

const EventEmitter = require('events');
const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { isIP } = require('internal/addresses');
const { socketError } = require('internal/system-errors');
const { validateAbortSignal, validateFunction, validateNumber, validatePort } = require('internal/validators');
const network = require('internal/net/network');

/** One of a socket's or server's own: listed by `console.log` only where Node lists it. */
const hide = (object, fields) => {
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(object, name, { value, writable: true });
};

class Socket extends Duplex {
  constructor(options = {}) {
    super({
      allowHalfOpen: options.allowHalfOpen ?? false, emitClose: false, autoDestroy: true, decodeStrings: false,
      highWaterMark: options.highWaterMark, signal: undefined,
    });
    this.connecting = false;
    this.bytesRead = 0;
    this._bytesDispatched = 0;
    this.server = null;
    this._server = null;
    this.timeout = 0;
    hide(this, { title: 'socket', _end: null, _hadError: false, _open: undefined, _refed: true, _timer: undefined, _deferred: null });
    if (options.signal) require('stream').addAbortSignal(options.signal, this);
    this.on('end', () => {
      if (!this.allowHalfOpen) this.write = writeAfterFin;
    });
  }

  // ---- Connecting ----

  connect(...args) {
    const [options, callback] = normalize(args);
    if (callback) this.once('connect', callback);
    if (options.path !== undefined) throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('pipes');
    const port = validatePort(options.port, 'Port');
    if (this.destroyed) {
      this._undestroy();
      hide(this, { _end: null });
    }
    this.connecting = true;
    const hostname = options.host || 'localhost';
    const go = (address) => this._dial(address, port);
    if (isIP(hostname)) process.nextTick(dialNow, this, hostname, port);
    else {
      const lookup = options.lookup ?? require('dns').lookup;
      lookup(hostname, { family: options.family ?? 0 }, (error, address, family) => {
        this.emit('lookup', error, address, family, hostname);
        if (!this.connecting) return;
        if (error) process.nextTick(connectError, this, error);
        else go(address);
      });
    }
    return this;
  }
  _dial(address, port) {
    if (!this.connecting) return;
    this.title = 'client socket';
    this._keep(`client socket :${port}`);
    network.connect(
      address,
      port,
      (end) => {
        if (this.destroyed) {
          end.close();
          return;
        }
        this._attach(end);
        this.connecting = false;
        this.emit('connect');
        this.emit('ready');
        if (!this.isPaused()) this.read(0);
      },
      (code) => this.destroy(socketError(code, 'connect', address, port)),
    );
  }
  _keep(what) {
    if (this._open !== undefined) return;
    this._open = host.openHandle(what);
    if (!this._refed) host.refHandle(this._open, false);
  }
  _attach(end) {
    this._end = end;
    end.owner = this;
    end.start();
  }

  // ---- Reading ----

  _read() {
    if (this.connecting || this._end === null) {
      this.once('connect', () => this._read());
      return;
    }
    this._end.start();
  }
  onData(bytes) {
    this.bytesRead += bytes.length;
    this._touch();
    if (!this.push(bytes)) this._end?.stop();
  }
  onEnd() {
    this.push(null);
    this.read(0);
  }
  onReset() {
    this.destroy(socketError('ECONNRESET', 'read'));
  }

  // ---- Writing ----

  _write(data, encoding, callback) {
    if (this.connecting) {
      this._deferred = [data, encoding, callback];
      this.once('connect', () => {
        const waiting = this._deferred;
        this._deferred = null;
        if (waiting) this._write(...waiting);
      });
      this.once('close', () => {
        if (this._deferred) callback(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
      });
      return;
    }
    if (this._end === null) {
      callback(new codes.ERR_SOCKET_CLOSED());
      return;
    }
    const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : data;
    this._bytesDispatched += bytes.length;
    this._touch();
    if (bytes.length > 0) this._end.write(Buffer.from(bytes));
    callback();
  }
  _writev(chunks, callback) {
    const all = Buffer.concat(chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)));
    this._write(all, 'buffer', callback);
  }
  /** Half-closes. The other end reads the end of the stream one turn after the last data. */
  _final(callback) {
    if (this.connecting) {
      this.once('connect', () => this._final(callback));
      return;
    }
    if (this._end === null) {
      callback();
      return;
    }
    const end = this._end;
    host.network(`shutdown :${end.port}`, this.title, network.LATENCY / 2, () => {
      end.end();
      callback();
    });
  }

  // ---- Closing ----

  _destroy(error, callback) {
    // Node makes the handle when `connect` is called: a socket that still dials closes like one that is open.
    const dials = this.connecting;
    this.connecting = false;
    clearTimeout(this._timer);
    const hadError = Boolean(error);
    if (this._open === undefined && !dials) {
      callback(error);
      process.nextTick(emitClose, this, hadError);
    } else {
      const { _open: handle, _end: end } = this;
      this._open = undefined;
      this._end = null;
      host.closing(this.title, () => {
        if (handle !== undefined) host.closeHandle(handle);
        this.emit('close', hadError);
      });
      end?.close();
      callback(error);
    }
    const server = this._server;
    this._server = null;
    server?._lost(this);
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  }
  resetAndDestroy() {
    this._end?.reset();
    return this.destroy();
  }
  end(data, encoding, callback) {
    super.end(data, encoding, callback);
    return this;
  }

  // ---- The rest ----

  setTimeout(ms, callback) {
    this.timeout = ms;
    clearTimeout(this._timer);
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      if (ms === 0) this.removeListener('timeout', callback);
      else this.once('timeout', callback);
    }
    validateNumber(ms, 'msecs', 0);
    if (ms > 0) this._timer = setTimeout(onTimeout, ms, this).unref();
    return this;
  }
  _touch() {
    if (this.timeout > 0) this._timer?.refresh?.();
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    return this._setRef(true);
  }
  unref() {
    return this._setRef(false);
  }
  _setRef(on) {
    this._refed = on;
    if (this._open !== undefined) host.refHandle(this._open, on);
    return this;
  }
  address() {
    return this._end ? { ...this._end.local } : {};
  }
  get pending() {
    return this._end === null || this.connecting;
  }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }
  get bytesWritten() {
    return this._bytesDispatched + this.writableLength;
  }
  get remoteAddress() {
    return this._end?.remote.address;
  }
  get remotePort() {
    return this._end?.remote.port;
  }
  get remoteFamily() {
    return this._end?.remote.family;
  }
  get localAddress() {
    return this._end?.local.address;
  }
  get localPort() {
    return this._end?.local.port;
  }
  get localFamily() {
    return this._end?.local.family;
  }
}

function dialNow(socket, address, port) {
  socket._dial(address, port);
}
function connectError(socket, error) {
  socket.destroy(error);
}
function emitClose(socket, hadError) {
  socket.emit('close', hadError);
}
function onTimeout(socket) {
  socket.emit('timeout');
}

/** Writing to a socket whose other end has closed and that does not stay half open. */
function writeAfterFin(chunk, encoding, callback) {
  if (!this.writableEnded) {
    const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
    if (typeof encoding === 'function') callback = encoding;
    if (typeof callback === 'function') process.nextTick(callback, error);
    this.destroy(error);
    return false;
  }
  return Duplex.prototype.write.call(this, chunk, encoding, callback);
}

class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [options, listener] = [{}, options];
    else if (options !== undefined && options !== null && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    if (listener) this.on('connection', listener);
    this._connections = 0;
    this.allowHalfOpen = options?.allowHalfOpen || false;
    this.pauseOnConnect = !!options?.pauseOnConnect;
    hide(this, { _bound: null, _open: undefined, _refed: true, _listening: false });
  }

  listen(...args) {
    const [options, callback] = normalize(args);
    if (this._listening || this._bound) throw new codes.ERR_SERVER_ALREADY_LISTEN();
    if (callback) this.once('listening', callback);
    const port = options.port === undefined || options.port === null ? 0 : validatePort(options.port, 'options.port');
    if (options.signal) {
      validateAbortSignal(options.signal, 'options.signal');
      options.signal.addEventListener('abort', () => this.close(), { once: true });
    }
    this._listening = true;
    if (!options.host) this._bind('::', port);
    else {
      require('dns').lookup(options.host, (error, address) => {
        if (!this._listening) return;
        if (error) this.emit('error', error);
        else this._bind(address, port);
      });
    }
    return this;
  }
  _bind(address, port) {
    if (port !== 0 && network.listening.has(port)) {
      this._listening = false;
      process.nextTick(emitError, this, socketError('EADDRINUSE', 'listen', address, port));
      return;
    }
    const bound = port || network.freePort();
    this._bound = {
      address: { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port: bound },
      title: 'connection',
      accepts: (to) => address === '::' || address === '0.0.0.0' || to === address || /^127\./.test(to) === /^127\./.test(address),
      onConnection: (end) => this._accept(end),
    };
    network.listening.set(bound, this._bound);
    this._open = host.openHandle(`server :${bound}`);
    if (!this._refed) host.refHandle(this._open, false);
    process.nextTick(emitListening, this);
  }

  _accept(end) {
    if (this.maxConnections && this._connections >= this.maxConnections) {
      end.close();
      this.emit('drop', { localAddress: end.local.address, remoteAddress: end.remote.address, remotePort: end.remote.port });
      return;
    }
    const socket = new Socket({ allowHalfOpen: this.allowHalfOpen });
    socket.title = 'server socket';
    socket._keep(`server socket :${end.local.port}`);
    socket._attach(end);
    if (this.pauseOnConnect) socket.pause();
    else socket.read(0);
    this._connections++;
    socket.server = this;
    socket._server = this;
    this.emit('connection', socket);
  }
  _lost() {
    this._connections--;
    this._emitCloseIfDrained();
  }
  _emitCloseIfDrained() {
    if (this._bound === null && this._connections === 0) process.nextTick(emitClosed, this);
  }

  close(callback) {
    if (typeof callback === 'function') {
      if (this._bound === null) this.once('close', () => callback(new codes.ERR_SERVER_NOT_RUNNING()));
      else this.once('close', callback);
    }
    this._listening = false;
    if (this._bound !== null) {
      network.listening.delete(this._bound.address.port);
      this._bound = null;
      const handle = this._open;
      this._open = undefined;
      host.closeHandle(handle);
    }
    this._emitCloseIfDrained();
    return this;
  }
  address() {
    return this._bound ? { ...this._bound.address } : null;
  }
  getConnections(callback) {
    process.nextTick(callback, null, this._connections);
    return this;
  }
  ref() {
    return this._setRef(true);
  }
  unref() {
    return this._setRef(false);
  }
  _setRef(on) {
    this._refed = on;
    if (this._open !== undefined) host.refHandle(this._open, on);
    return this;
  }
  get listening() {
    return this._bound !== null;
  }
}

function emitListening(server) {
  if (server._bound) server.emit('listening');
}
function emitError(server, error) {
  server.emit('error', error);
}
function emitClosed(server) {
  server.emit('close');
}

/** `(port, host, callback)`, `(options, callback)` and what is between as options and callback. */
function normalize(args) {
  if (Array.isArray(args[0]) && args[0].normalized) return args[0];
  const callback = typeof args.at(-1) === 'function' ? args.at(-1) : null;
  const [first, second] = args;
  if (first !== null && typeof first === 'object') return [first, callback];
  if (typeof first === 'function' || first === undefined) return [{}, callback];
  if (typeof first === 'string' && !/^\d+$/.test(first.trim()) && first.trim() !== '') return [{ path: first }, callback];
  const options = { port: first };
  if (typeof second === 'string') options.host = second;
  return [options, callback];
}

function connect(...args) {
  const [options] = normalize(args);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(...args);
}

module.exports = {
  connect,
  createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP,
  isIPv4: (text) => isIP(text) === 4,
  isIPv6: (text) => isIP(text) === 6,
  Server,
  Socket,
  Stream: Socket,
};
