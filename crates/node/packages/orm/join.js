'use strict';
// `include` by one query with LEFT JOINs, and rows put together in memory, as TypeORM and Sequelize do it. A parent comes
// once for each child; two relations to many multiply. Prisma's own `relationLoadStrategy: 'join'` avoids that with
// LATERAL subqueries that aggregate JSON in the database.

const { loadRelations } = require('./relations');
const { makeLazy } = require('./lazy');
const { fieldOf } = require('./schema');
const { list, orderItem, ordering, record, select, selection } = require('./select');
const { Statement, column, quote } = require('./statement');
const { condition } = require('./where');

/** The records of `model` with all their relations, from one query. */
async function findByJoin(session, model, args, what, find) {
  const statement = new Statement();
  const root = nodeOf(statement, what, model.table, args);
  const { rows } = await session.send(textOf(statement, root, model, args), statement.values, model);
  const records = new Map();
  for (const columns of rows) deal(root, columns, records);
  await finish(session, root, records, find);
  const found = [...records.values()];
  return args.take < 0 ? found.reverse() : found;
}

/** A table of the join, and those that hang on it. */
function nodeOf(statement, what, table, args) {
  const node = { what, table, args, children: [], later: [], start: 0 };
  fetchAlso(what, what.model.id.map((name) => fieldOf(what.model, name))); // to tell the rows apart
  for (const { relation, args: inner } of what.relations) {
    // A limit for each parent cannot be said in a flat join: such a relation is loaded by a query of its own.
    if (inner.take !== undefined || inner.skip) {
      node.later.push({ relation, args: inner });
      continue;
    }
    const child = nodeOf(statement, selection(relation.model, inner), statement.alias(), inner);
    node.children.push({ ...child, relation });
  }
  return node;
}

function fetchAlso(what, fields) {
  for (const field of fields) if (!what.fields.includes(field)) what.fields.push(field);
}

/** The nodes of a tree, parents first, each with the place of its first column. */
function inPlace(root) {
  const nodes = [];
  let start = 0;
  const walk = (node) => {
    node.start = start;
    start += node.what.fields.length;
    nodes.push(node);
    node.children.forEach(walk);
  };
  walk(root);
  return nodes;
}

function textOf(statement, root, model, args) {
  const order = ordering(model, args);
  const limited = args.take !== undefined || args.skip || args.cursor;
  if (limited) fetchAlso(root.what, order.map(({ field }) => field)); // ordered inside, and again outside
  const nodes = inPlace(root);

  const columns = nodes.map(({ what, table }) => list(table, what.fields)).join(', ');
  // LIMIT counts rows of the join, so the page of parents is a table of its own.
  const from = limited ? `(${select(statement, model, args, root.what.fields)}) AS ${quote(model.table)}` : quote(model.table);
  let text = `SELECT ${columns} FROM ${from}`;
  for (const node of nodes) for (const child of node.children) text += join(statement, node, child);
  const where = limited ? 'TRUE' : condition(statement, model, model.table, args.where);
  if (where !== 'TRUE') text += ` WHERE ${where}`;
  const inner = nodes.slice(1).flatMap(({ what, table, args: { orderBy } }) =>
    ordering(what.model, { orderBy: orderBy ?? [] }).map((each) => orderItem(table, each)),
  );
  const outer = order.map((each) => orderItem(model.table, each));
  // Children in order, parents in none: keep parents together.
  if (inner.length && !outer.length) outer.push(...model.id.map((name) => `${column(model.table, fieldOf(model, name))} ASC`));
  return outer.length ? `${text} ORDER BY ${[...outer, ...inner].join(', ')}` : text;
}

/** ` LEFT JOIN "images" AS "t1" ON "t1"."product_id" = "products"."id"` */
function join(statement, parent, { relation, table, args }) {
  const { model, local, foreign } = relation;
  const keys = `${column(table, fieldOf(model, foreign))} = ${column(parent.table, fieldOf(parent.what.model, local))}`;
  const where = condition(statement, model, table, args.where);
  return ` LEFT JOIN ${quote(model.table)} AS ${quote(table)} ON ${keys}${where === 'TRUE' ? '' : ` AND ${where}`}`;
}

/** Puts one row of the join where it belongs: each table's part into the record with its key, made when it is new. */
function deal(node, columns, records) {
  const part = record(node.what, columns, node.start);
  const key = node.what.model.id.map((name) => part.values[name]);
  if (key.includes(null)) return; // a LEFT JOIN that found nothing
  const known = records.get(key.join());
  const place = known ?? { ...part, nested: node.children.map(() => new Map()) };
  if (!known) records.set(key.join(), place);
  node.children.forEach((child, index) => deal(child, columns, place.nested[index]));
}

/** Gives each record its relations, from the leaves up. */
async function finish(session, node, records, find) {
  for (const { row, nested } of records.values()) {
    for (const [index, { relation }] of node.children.entries()) {
      const rows = [...nested[index].values()].map((each) => each.row);
      row[relation.name] = relation.many ? rows : rows[0] ?? null;
    }
  }
  const found = [...records.values()];
  for (const [index, child] of node.children.entries()) {
    const below = found.flatMap(({ nested }) => [...nested[index].values()]);
    await finish(session, child, new Map(below.map((each, at) => [at, each])), find);
  }
  await loadRelations(session, found, node.later, find);
  if (session.settings.lazy) makeLazy(session, node.what, found, find);
}

module.exports = { findByJoin };
