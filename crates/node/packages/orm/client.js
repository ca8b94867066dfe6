'use strict';
// `db`: the models by name, transactions, raw queries, and who wants to know of every query.

const { EventEmitter } = require('events');
const { Pool } = require('pg');
const { OrmValidationError } = require('./errors');
const { delegate } = require('./model');
const { Query } = require('./query');
const { readSchema } = require('./schema');
const { Session } = require('./session');

/**
 * A client for the models of `schema`.
 *
 * - `pool`: a Pool of pg to use; without one the client makes its own of `connection`, pg's options, and ends it.
 * - `relationLoadStrategy`: how `include` loads: `'query'`, one per relation, or `'join'`, one for all of them.
 * - `lazy`: relations that were not included are properties which load themselves when they are touched.
 */
function createClient({ schema, pool, connection, relationLoadStrategy = 'query', lazy = false }) {
  if (!['query', 'join'].includes(relationLoadStrategy)) {
    throw new OrmValidationError("`relationLoadStrategy` is 'query' or 'join'");
  }
  const models = readSchema(schema);
  const events = new EventEmitter();
  const used = pool ?? new Pool(connection);
  const session = new Session(used, used, events, { relationLoadStrategy, lazy });

  return {
    ...calls(session, models),
    $transaction(work, options) {
      if (typeof work === 'function') return session.transaction((inside) => work(calls(inside, models)), options);
      return session.transaction((inside) => inOrder(work, inside), options);
    },
    /** `'query'`: `{ query, params, duration }` after each statement, in milliseconds; Prisma's event has these as well. */
    $on(event, listener) {
      if (event !== 'query') throw new OrmValidationError(`There is no event \`${event}\`: there is \`query\``);
      events.on(event, listener);
    },
    async $disconnect() {
      if (!pool) await used.end();
    },
  };
}

/** What can be done inside of a transaction as well as outside: every model, and raw queries. */
function calls(session, models) {
  const found = {};
  for (const model of models.values()) found[model.name[0].toLowerCase() + model.name.slice(1)] = delegate(session, model);
  /** One of the four, by what it is of the result that one asks for. */
  const raw = (text, values, result) =>
    new Query(session, async (inside) => (await inside.send(text, values, null, 'object'))[result]);
  /** A template's values become parameters: db.$queryRaw`SELECT … WHERE id = ${id}`. */
  const placed = (strings) => strings.reduce((text, part, index) => `${text}$${index}${part}`);
  return {
    ...found,
    $queryRaw: (strings, ...values) => raw(placed(strings), values, 'rows'),
    $queryRawUnsafe: (text, ...values) => raw(text, values, 'rows'),
    $executeRaw: (strings, ...values) => raw(placed(strings), values, 'rowCount'),
    $executeRawUnsafe: (text, ...values) => raw(text, values, 'rowCount'),
  };
}

async function inOrder(queries, session) {
  if (!queries.every((query) => query instanceof Query)) {
    throw new OrmValidationError('`$transaction` takes calls that have not been awaited');
  }
  const results = [];
  for (const query of queries) results.push(await query.start(session));
  return results;
}

module.exports = { createClient };
