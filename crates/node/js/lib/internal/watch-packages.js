'use strict';

// Sees what `pg` does, for whoever watches, and changes nothing: no order, no output. Methods of its classes are put into functions that
// tell the host and call them. (pg's lib/client.js and lib/query.js, pg-pool's index.js)

/** Puts `around(original)` in the place of a method; nobody can tell by its name, its length or where it is listed. */
function wrap(prototype, name, around) {
  const original = prototype[name];
  if (typeof original !== 'function') return;
  const wrapped = around(original);
  Object.defineProperty(wrapped, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapped, 'length', { value: original.length, configurable: true });
  Object.defineProperty(prototype, name, { value: wrapped, writable: true, configurable: true, enumerable: false });
}

/** The number of the connection to the database that a client has, if it has one. */
const connectionOf = (client) => client?.connection?.stream?._end?.connection;
const textOf = (config) => String(typeof config === 'string' ? config : (config?.text ?? config?.name ?? ''));
const valuesOf = (config, values) => (Array.isArray(values) ? values : Array.isArray(config?.values) ? config.values : []).length;

function watchPg({ Client, Query, Pool: BoundPool }) {
  const Pool = Object.getPrototypeOf(BoundPool);
  const numbers = new WeakMap(); // of queries, pools
  const tickets = new WeakMap(); // check-outs, by the pool's item or the client
  let pools = 0;
  // What the call that is on the stack is about.
  let asking; // a query that asks its pool
  let given; // [query, check-out]: a pool's query that has just got its client
  let running; // a query that its client takes

  wrap(Client.prototype, 'query', (query) => function (config, values, callback) {
    const [number, checkout] = given ?? [config == null ? undefined : host.watchQuery(textOf(config), valuesOf(config, values))];
    given = undefined;
    if (number !== undefined) host.watchAssign(number, checkout);
    running = number;
    try {
      return Reflect.apply(query, this, arguments);
    } finally {
      // It waits in its client's line.
      if (running !== undefined && this._queryQueue.length > 0) numbers.set(this._queryQueue.at(-1), running);
      running = undefined;
    }
  });
  wrap(Query.prototype, 'submit', (submit) => function (connection) {
    const number = numbers.get(this) ?? running;
    running = undefined;
    const to = connection?.stream?._end?.connection;
    if (number !== undefined && to !== undefined) host.watchSend(number, to);
    return Reflect.apply(submit, this, arguments);
  });
  wrap(Client.prototype, '_handleReadyForQuery', (ready) => function () {
    const number = connectionOf(this);
    if (this._connecting && number !== undefined) host.watchReady(number);
    return Reflect.apply(ready, this, arguments);
  });

  const numberOf = (pool) => {
    const known = numbers.get(pool);
    if (known !== undefined) return known;
    numbers.set(pool, pools);
    return pools++;
  };
  // What `totalCount`, `idleCount` and `waitingCount` say.
  const count = (pool) => host.watchPool(numberOf(pool), pool._clients.length, pool._idle.length, pool._pendingQueue.length);

  wrap(Pool.prototype, 'query', (query) => function (text, values) {
    asking = typeof text === 'function' ? undefined : host.watchQuery(textOf(text), valuesOf(text, values));
    try {
      return Reflect.apply(query, this, arguments);
    } finally {
      asking = undefined;
    }
  });
  wrap(Pool.prototype, 'connect', (connect) => function (callback) {
    const number = asking;
    asking = undefined;
    if (this.ending) return Reflect.apply(connect, this, arguments);
    const ticket = host.watchCheckOut(numberOf(this));
    const args = [...arguments];
    if (number !== undefined) {
      args[0] = (error, client, release) => {
        if (error) host.watchFail(number, error.code ?? error.message);
        given = error ? undefined : [number, ticket];
        try {
          return callback(error, client, release);
        } finally {
          given = undefined;
        }
      };
    }
    opening = ticket;
    const line = this._pendingQueue.length;
    try {
      return Reflect.apply(connect, this, args);
    } finally {
      opening = undefined;
      if (this._pendingQueue.length > line) follow(this._pendingQueue.at(-1), ticket);
      count(this);
    }
  });
  let opening; // the check-out that a new client is for
  /** An item of a pool's line is a check-out; the pool says by a mark on it that patience has ended. */
  const follow = (item, ticket) => {
    tickets.set(item, ticket);
    let timedOut;
    Object.defineProperty(item, 'timedOut', {
      configurable: true,
      get: () => timedOut,
      set(value) {
        timedOut = value;
        host.watchGiveUp(ticket);
      },
    });
  };
  wrap(Pool.prototype, 'newClient', (newClient) => function (item) {
    if (opening !== undefined) follow(item, opening);
    opening = undefined;
    return Reflect.apply(newClient, this, arguments);
  });
  wrap(Pool.prototype, '_acquireClient', (acquire) => function (client, item) {
    const ticket = tickets.get(item);
    if (ticket !== undefined) {
      tickets.set(client, ticket);
      host.watchCheckedOut(ticket, connectionOf(client));
    }
    count(this);
    return Reflect.apply(acquire, this, arguments);
  });
  for (const name of ['_release', '_remove']) {
    wrap(Pool.prototype, name, (method) => function (client) {
      const ticket = tickets.get(client);
      if (ticket !== undefined) host.watchRelease(ticket);
      try {
        return Reflect.apply(method, this, arguments);
      } finally {
        count(this);
      }
    });
  }
}

function watch(id, exports) {
  if (id !== 'pg' || host.database() === undefined) return;
  require('internal/quick-pg').quicken(exports);
  watchPg(exports);
}

module.exports = { watch };
