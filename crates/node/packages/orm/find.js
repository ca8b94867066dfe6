'use strict';
// Reads rows with their relations, in the way that was asked for.

const { findByJoin } = require('./join');
const { makeLazy } = require('./lazy');
const { loadRelations } = require('./relations');
const { record, select, selection } = require('./select');
const { Statement } = require('./statement');

/** The records that `args` select; `also` are fields to fetch besides. */
async function find(session, model, args, also = []) {
  const what = selection(model, args, also);
  const strategy = args.relationLoadStrategy ?? session.settings.relationLoadStrategy;
  if (strategy === 'join' && what.relations.length) return findByJoin(session, model, args, what, find);
  const statement = new Statement();
  const text = select(statement, model, args, what.fields);
  const { rows } = await session.send(text, statement.values, model);
  if (args.take < 0) rows.reverse();
  return complete(session, what, rows);
}

/** Makes records of rows, of a SELECT or of a RETURNING, and loads their relations. */
async function complete(session, what, rows) {
  const records = rows.map((columns) => record(what, columns));
  await loadRelations(session, records, what.relations, find);
  if (session.settings.lazy) makeLazy(session, what, records, find);
  return records;
}

module.exports = { find, complete };
