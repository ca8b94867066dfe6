'use strict';

// The messages of `pg` are read and written by the host, where they are the common ones. Nothing else is different: they are objects of
// pg's own classes, in the same order, and the same bytes leave. (pg's lib/connection.js; pg-protocol)

const { Buffer } = require('buffer');

/** One of each message that the host reads, with nothing in it. */
const ONE_OF_EACH = [
  '1\0\0\0\x04', // ParseComplete
  '2\0\0\0\x04', // BindComplete
  'n\0\0\0\x04', // NoData
  'D\0\0\0\x06\0\0', // DataRow
  `T\0\0\0\x19\0\x01${'\0'.repeat(19)}`, // RowDescription, one field
  'C\0\0\0\x05\0', // CommandComplete
  'Z\0\0\0\x05I', // ReadyForQuery
];

/** What pg's own reader makes of them, by name: the host makes more of the kind. */
function samplesOf(attach) {
  const samples = {};
  const connection = { emit: (name, message) => (samples[name] = message) };
  const stream = {
    on(event, listener) {
      if (event === 'data') listener(Buffer.from(ONE_OF_EACH.join(''), 'latin1'));
    },
  };
  attach.call(connection, stream);
  samples.field = samples.rowDescription.fields[0];
  return samples;
}

/** Values of which pg makes a text or nothing, without asking anybody's `toPostgres`. */
const isPlain = (value) => value === null || typeof value !== 'object';

function quicken({ Connection: { prototype }, Query }) {
  const { attachListeners, parse, bind, flush, _send: send } = prototype;
  const samples = samplesOf(attachListeners);
  const replace = (name, value) => Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });

  replace('attachListeners', function (stream) {
    const connection = this;
    let rest;
    const reading = (theirs) => (bytes) => {
      const all = rest === undefined ? bytes : Buffer.concat([rest, bytes]);
      const messages = host.readMessages(all, samples);
      const end = messages.pop();
      rest = end < all.length ? all.subarray(end) : undefined;
      for (let i = 0; i < messages.length; i++) {
        const message = messages[i];
        const { name } = message;
        if (name === undefined) theirs(all.subarray(message[0], message[1]));
        else {
          if (connection._emitMessage) connection.emit('message', message);
          connection.emit(name, message);
        }
      }
    };
    attachListeners.call(connection, { on: (event, listener) => stream.on(event, event === 'data' ? reading(listener) : listener) });
  });
  replace('parse', function (query) {
    if (query.name || query.types?.length > 0 || typeof query.text !== 'string') parse.call(this, query);
    else this._send(host.parseMessage(query.text, Buffer.prototype));
  });
  replace('bind', function (config) {
    const { portal, statement, values = [], binary, valueMapper } = config;
    if (binary || !Array.isArray(values) || values.length > 65535 || !values.every(isPlain)) bind.call(this, config);
    else this._send(host.bindMessage(portal, statement, valueMapper === undefined ? values : values.map(valueMapper), Buffer.prototype));
  });

  // The messages of one query leave together, as pg asks of its stream by `cork`; here they enter it together, too.
  let gathered; // [connection, its messages]: of the query that is being prepared
  const letGo = () => {
    const [connection, messages] = gathered;
    gathered = undefined;
    if (messages.length > 0) send.call(connection, Buffer.concat(messages));
  };
  replace('_send', function (message) {
    if (gathered === undefined || gathered[0] !== this || !this.stream.writable) return send.call(this, message);
    gathered[1].push(message);
    return true;
  });
  replace('flush', function () {
    if (gathered !== undefined && gathered[0] === this) letGo();
    return flush.call(this);
  });
  const { prepare } = Query.prototype;
  Query.prototype.prepare = {
    prepare(connection) {
      if (gathered !== undefined) return prepare.call(this, connection);
      gathered = [connection, []];
      try {
        return prepare.call(this, connection);
      } finally {
        if (gathered !== undefined) letGo();
      }
    },
  }.prepare;
  for (const [name, original] of Object.entries({ attachListeners, parse, bind, flush, _send: send })) {
    Object.defineProperty(prototype[name], 'name', { value: original.name, configurable: true });
  }
}

module.exports = { quicken };
