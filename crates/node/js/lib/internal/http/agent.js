'use strict';

// Agent: keeps connections for the next request to the same place.

const EventEmitter = require('events');
const net = require('net');

class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = { __proto__: null, path: null, noDelay: true, ...options };
    this.requests = { __proto__: null };
    this.sockets = { __proto__: null };
    this.freeSockets = { __proto__: null };
    this.keepAliveMsecs = options.keepAliveMsecs || 1000;
    this.keepAlive = options.keepAlive || false;
    this.maxSockets = options.maxSockets || Infinity;
    this.maxFreeSockets = options.maxFreeSockets || 256;
    this.scheduling = options.scheduling || 'lifo';
    this.maxTotalSockets = options.maxTotalSockets || Infinity;
    this.defaultPort = 80;
    this.protocol = 'http:';
    this.on('free', (socket, request) => this.#free(socket, request));
  }

  getName(options = {}) {
    return `${options.host || 'localhost'}:${options.port || ''}:${options.localAddress || ''}${options.family ? `:${options.family}` : ''}`;
  }
  createConnection(options, callback) {
    return net.createConnection(options, callback);
  }

  /** Gives `request` a connection: a free one, a new one, or a place in the queue. */
  addRequest(request, options) {
    const name = this.getName(options);
    this.sockets[name] ??= [];
    const free = this.freeSockets[name] ?? [];
    let socket;
    while (socket === undefined && free.length > 0) {
      const next = this.scheduling === 'fifo' ? free.shift() : free.pop();
      if (!next.destroyed && next.writable) socket = next;
    }
    if (free.length === 0) delete this.freeSockets[name];
    if (socket) {
      this.reuseSocket(socket, request);
      this.sockets[name].push(socket);
      request.onSocket(socket);
    } else if (this.sockets[name].length < this.maxSockets) request.onSocket(this.#create(name, options));
    else {
      (this.requests[name] ??= []).push([request, options]);
    }
  }

  #create(name, options) {
    const socket = this.createConnection({ ...options, ...this.options, path: undefined, timeout: undefined, ...(options.signal && { signal: undefined }) });
    this.sockets[name] ??= [];
    this.sockets[name].push(socket);
    socket.on('free', () => this.emit('free', socket, { name }));
    socket.on('close', () => this.#remove(name, socket, options));
    socket.on('timeout', () => {
      if ((this.freeSockets[name] ?? []).includes(socket)) socket.destroy();
    });
    return socket;
  }

  #take(lists, name, socket) {
    const list = lists[name] ?? [];
    const at = list.indexOf(socket);
    if (at >= 0) list.splice(at, 1);
    if (list.length === 0) delete lists[name];
  }

  #remove(name, socket, options) {
    this.#take(this.sockets, name, socket);
    this.#take(this.freeSockets, name, socket);
    const next = this.#next(name);
    if (next) next[0].onSocket(this.#create(name, options));
  }
  #next(name) {
    const waiting = this.requests[name];
    const next = waiting?.shift();
    if (waiting?.length === 0) delete this.requests[name];
    return next;
  }

  #free(socket, { name }) {
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const next = this.#next(name);
    if (next) {
      this.reuseSocket(socket, next[0]);
      next[0].onSocket(socket);
      return;
    }
    const count = (this.freeSockets[name]?.length ?? 0) + (this.sockets[name]?.length ?? 0);
    if (!this.keepAlive || count > this.maxSockets || (this.freeSockets[name]?.length ?? 0) >= this.maxFreeSockets || !this.keepSocketAlive(socket)) {
      socket.destroy();
      return;
    }
    (this.freeSockets[name] ??= []).push(socket);
    socket._httpMessage = null;
    this.#take(this.sockets, name, socket);
    socket.once('error', freeSocketError);
  }

  keepSocketAlive(socket) {
    socket.setKeepAlive(true, this.keepAliveMsecs);
    socket.unref();
    if (this.options.timeout) socket.setTimeout(this.options.timeout);
    return true;
  }
  reuseSocket(socket, request) {
    request.reusedSocket = true;
    socket.removeListener('error', freeSocketError);
    if (this.options.timeout) socket.setTimeout(0);
    socket.ref();
  }
  destroy() {
    for (const lists of [this.freeSockets, this.sockets]) {
      for (const list of Object.values(lists)) for (const socket of [...list]) socket.destroy();
    }
  }
}

/** A connection nobody uses may fail without anybody being told. */
function freeSocketError() {
  this.destroy();
}

module.exports = { Agent, globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }) };
