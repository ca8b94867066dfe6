'use strict';
// `db.product`: what one can do with the rows of a model. Each call gives a Query.
//
// Calls of findUnique in one tick are queries of their own. Prisma gathers them into one; here that is what the
// package `dataloader` is for, where one can see it happen.

const { createRow } = require('./create');
const { OrmError } = require('./errors');
const { complete, find } = require('./find');
const { Query } = require('./query');
const { selection } = require('./select');
const { Statement, quote } = require('./statement');
const { condition, requireUnique } = require('./where');
const { deleteRows, insertMany, notChanged, updateRows, upsertRow } = require('./write');

/** The calls of `model` on `session`. */
function delegate(session, model) {
  const query = (work) => new Query(session, work);
  const rows = (found) => found.map(({ row }) => row);
  /** For calls that change one row and return it, with its relations. */
  const returned = async (inside, args, change) => {
    const what = selection(model, args);
    const [record] = await complete(inside, what, await change(what.fields));
    return record.row;
  };
  /** What `args` select; the error if that is nothing. */
  const one = async (inside, args) => rows(await find(inside, model, { ...args, take: args.take < 0 ? -1 : 1 }))[0] ?? null;
  const orThrow = (row) => {
    if (row === null) throw new OrmError('P2025', `No ${model.name} was found`, { model: model.name });
    return row;
  };
  /** An update or a delete of one row that must be there. */
  const changed = async (inside, args, result) => {
    requireUnique(model, args.where);
    const { rows: found } = await result();
    if (found.length === 0) throw await notChanged(inside, model, args.where);
    return found;
  };

  return {
    findMany: (args = {}) => query(async (inside) => rows(await find(inside, model, args))),
    findFirst: (args = {}) => query((inside) => one(inside, args)),
    findFirstOrThrow: (args = {}) => query(async (inside) => orThrow(await one(inside, args))),
    findUnique: (args) => query(async (inside) => requireUnique(model, args.where) && one(inside, args)),
    findUniqueOrThrow: (args) => query(async (inside) => requireUnique(model, args.where) && orThrow(await one(inside, args))),
    count: (args = {}) => query((inside) => count(inside, model, args)),

    create: (args) =>
      query((inside) => returned(inside, args, async (fields) => [await createRow(inside, model, args.data, fields)])),
    createMany: (args) => query(async (inside) => ({ count: await insertMany(inside, model, args) })),
    update: (args) =>
      query((inside) =>
        returned(inside, args, (fields) => changed(inside, args, () => updateRows(inside, model, args, fields))),
      ),
    updateMany: (args) => query(async (inside) => ({ count: (await updateRows(inside, model, args)).rowCount })),
    upsert: (args) => query((inside) => returned(inside, args, (fields) => upsertRow(inside, model, args, fields))),
    delete: (args) =>
      query((inside) => returned(inside, args, (fields) => changed(inside, args, () => deleteRows(inside, model, args, fields)))),
    deleteMany: (args = {}) => query(async (inside) => ({ count: (await deleteRows(inside, model, args)).rowCount })),
  };
}

async function count(session, model, { where }) {
  const statement = new Statement();
  const filter = condition(statement, model, model.table, where);
  const text = `SELECT COUNT(*) FROM ${quote(model.table)}${filter === 'TRUE' ? '' : ` WHERE ${filter}`}`;
  const { rows } = await session.send(text, statement.values, model);
  return Number(rows[0][0]); // a bigint, which pg gives as a string
}

module.exports = { delegate };
