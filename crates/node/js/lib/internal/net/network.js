'use strict';

// The network: a wire between two ends inside this program. What one end sends arrives at the other as an event of the
// poll phase, in order, a tenth of a millisecond later.

const { Buffer } = require('buffer');

/** Microseconds from one end to the other. */
const LATENCY = 100;

/** Listening servers by port. */
const listening = new Map();
let nextPort = 49152;

function freePort() {
  while (listening.has(nextPort)) nextPort++;
  return nextPort++;
}

/** One end of a connection. `owner` hears `onData(bytes)`, `onEnd()` and `onReset()` once it reads. */
class End {
  peer = undefined;
  owner = undefined;
  local;
  remote;
  /** The server's port, by which both ends are known to the reader. */
  port;
  #arrived = [];
  #reading = false;
  #delivering = false;
  closed = false;
  #ended = false;

  constructor(local, remote, port) {
    this.local = local;
    this.remote = remote;
    this.port = port;
  }

  /** Puts something on the wire: `['data', bytes]`, `['end']` or `['reset']`. */
  #send(...message) {
    const { peer } = this;
    if (peer.closed) return;
    host.network(`${message[0]} :${this.port}`, peer.owner?.title ?? 'socket', LATENCY, () => peer.#arrive(message));
  }
  write(bytes) {
    // The other side is gone: its kernel answers with a reset.
    if (this.peer.closed) this.#arriveReset();
    else this.#send('data', bytes);
  }
  end() {
    if (this.#ended) return;
    this.#ended = true;
    this.#send('end');
  }
  reset() {
    this.#ended = true;
    this.#send('reset');
  }

  #arrive(message) {
    if (this.closed) {
      if (message[0] === 'data') this.peer.#arriveReset();
      return;
    }
    this.#arrived.push(message);
    this.#deliver();
  }
  #arriveReset() {
    if (!this.closed) host.network(`reset :${this.port}`, this.owner.title, LATENCY, () => this.#arrive(['reset']));
  }

  /** Hands over what has arrived for as long as the owner reads. */
  #deliver() {
    if (this.#delivering) return;
    this.#delivering = true;
    while (this.#reading && !this.closed && this.#arrived.length > 0) {
      const [kind, bytes] = this.#arrived.shift();
      if (kind === 'data') this.owner.onData(bytes);
      else if (kind === 'end') this.owner.onEnd();
      else this.owner.onReset();
    }
    this.#delivering = false;
  }
  start() {
    if (this.#reading) return;
    this.#reading = true;
    if (this.#arrived.length > 0 && !this.#delivering) host.network(`data :${this.port}`, this.owner.title, 0, () => this.#deliver());
  }
  stop() {
    this.#reading = false;
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    this.end();
  }
}

/** The program's end of a connection to the database, which is beyond the program. */
class RemoteEnd {
  owner = undefined;
  local;
  remote;
  port;
  /** The number by which the wire knows the connection. */
  connection;
  #arrived = [];
  #reading = false;
  #delivering = false;
  closed = false;
  #ended = false;

  constructor(local, remote) {
    this.local = local;
    this.remote = remote;
    this.port = remote.port;
    this.connection = host.openRemote(() => this.#arrive());
  }

  write(bytes) {
    host.sendRemote(this.connection, bytes);
  }
  end() {
    if (this.#ended) return;
    this.#ended = true;
    host.endRemote(this.connection);
  }
  reset() {
    this.#ended = true;
    host.resetRemote(this.connection);
  }

  #arrive() {
    const segment = host.takeRemote(this.connection);
    if (segment === undefined || this.closed) return;
    this.#arrived.push(segment);
    this.#deliver();
  }
  /** Hands over what has arrived for as long as the owner reads. */
  #deliver() {
    if (this.#delivering) return;
    this.#delivering = true;
    while (this.#reading && !this.closed && this.#arrived.length > 0) {
      const segment = this.#arrived.shift();
      if (segment === null) this.owner.onEnd();
      else if (segment === false) this.owner.onReset();
      else this.owner.onData(Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength));
    }
    this.#delivering = false;
  }
  start() {
    if (this.#reading) return;
    this.#reading = true;
    if (this.#arrived.length > 0 && !this.#delivering) host.network(`data :${this.port}`, this.owner.title, 0, () => this.#deliver());
  }
  stop() {
    this.#reading = false;
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.end();
    host.forgetRemote(this.connection);
  }
}

/** A connection to the database: made when its kernel has answered, whatever the server does then. */
function connectRemote(database, connected) {
  const { address, port, roundTrip } = database;
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  const from = /^127\.|^::1$/.test(address) ? address : '10.0.0.2';
  const end = new RemoteEnd({ address: from, port: freePort(), family }, { address, port, family });
  host.network(`connect :${port}`, 'connect', roundTrip, () => connected(end));
}

const isLocal = (address) => /^127\.|^::1$|^0\.0\.0\.0$|^::$/.test(address);

/**
 * Asks for a connection to `address:port`. `connected(end)` comes in the poll phase, after the server's side of it;
 * `refused(code)` in the pending phase, as libuv defers the error that the system call returned at once.
 */
function connect(address, port, connected, refused) {
  const database = host.database();
  if (database !== undefined && database.port === port && database.address === address) {
    connectRemote(database, connected);
    return;
  }
  const server = listening.get(port);
  const reachable = isLocal(address) && server !== undefined && server.accepts(address);
  if (!reachable) {
    if (isLocal(address)) host.pending('connect', () => refused('ECONNREFUSED'));
    else host.network(`connect ${address}:${port}`, 'connect', 1_000_000, () => refused('ETIMEDOUT'));
    return;
  }
  const v6 = server.address.family === 'IPv6';
  const from = { address, port: freePort(), family: address.includes(':') ? 'IPv6' : 'IPv4' };
  const client = new End(from, { ...server.address, address, family: from.family }, port);
  const seen = v6 && from.family === 'IPv4' ? `::ffff:${address}` : address;
  const accepted = new End({ ...server.address, address: seen }, { address: seen, port: from.port, family: v6 ? 'IPv6' : 'IPv4' }, port);
  client.peer = accepted;
  accepted.peer = client;
  host.network(`connection :${port}`, server.title, LATENCY, () => {
    if (listening.get(port) === server) server.onConnection(accepted);
    else accepted.closed = true;
  });
  host.network(`connect :${port}`, 'connect', LATENCY, () => {
    if (accepted.closed && accepted.owner === undefined) refused('ECONNRESET');
    else connected(client);
  });
}

module.exports = { LATENCY, connect, freePort, listening };
