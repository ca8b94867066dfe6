'use strict';
// findMany becomes a SELECT: which columns, which rows, in which order, how many.

const { OrmValidationError } = require('./errors');
const { fieldOf } = require('./schema');
const { column, fromDatabase, quote } = require('./statement');
const { condition } = require('./where');

/**
 * What is read of a model. `fields` are fetched, those in `shown` are given to the program, `relations` are loaded.
 * `also` are fields that somebody needs who puts rows together.
 */
function selection(model, { select, include, relationLoadStrategy }, also = []) {
  if (select && include) throw new OrmValidationError('Use either `select` or `include`, not both');
  const wanted = Object.entries(select ?? include ?? {}).filter(([, value]) => value);
  const relations = [];
  const names = new Set(select ? [] : model.fields.keys());
  for (const [name, value] of wanted) {
    const relation = model.relations.get(name);
    if (relation) relations.push({ relation, args: { relationLoadStrategy, ...(value === true ? {} : value) } });
    else if (select) names.add(fieldOf(model, name).name);
    else throw new OrmValidationError(`\`include\` is for relations: ${name} is none of ${model.name}`);
  }
  const shown = new Set(names);
  for (const { relation } of relations) names.add(relation.local);
  for (const name of also) names.add(name);
  return { model, shown, relations, fields: [...names].map((name) => fieldOf(model, name)) };
}

/** `SELECT … FROM … WHERE … ORDER BY … LIMIT …` */
function select(statement, model, args, fields) {
  const { where, cursor, take, skip } = args;
  const order = ordering(model, args);
  let from = quote(model.table);
  if (cursor) from += `, ${cursorRow(statement, model, order, cursor)}`;
  const conditions = [condition(statement, model, model.table, where)];
  if (cursor) conditions.push(fromCursor(model, order));
  let text = `SELECT ${list(model.table, fields)} FROM ${from}`;
  const filtered = conditions.filter((part) => part !== 'TRUE');
  if (filtered.length) text += ` WHERE ${filtered.join(' AND ')}`;
  if (order.length) text += ` ORDER BY ${order.map((each) => orderItem(model.table, each)).join(', ')}`;
  if (take !== undefined) text += ` LIMIT ${statement.param(Math.abs(take))}`;
  if (skip) text += ` OFFSET ${statement.param(skip)}`;
  return text;
}

/** `"products"."id", "products"."name"` */
function list(table, fields) {
  return fields.map((field) => column(table, field)).join(', ');
}

/** What `orderBy` says, or the cursor's own order. To take from the end, the order is turned round. */
function ordering(model, { orderBy, cursor, take }) {
  const items = [orderBy ?? Object.keys(cursor ?? {}).map((name) => ({ [name]: 'asc' }))].flat();
  return items.flatMap(Object.entries).map(([name, by]) => {
    const { sort, nulls } = typeof by === 'string' ? { sort: by } : by;
    return { field: fieldOf(model, name), descending: (sort === 'desc') !== take < 0, nulls };
  });
}

function orderItem(table, { field, descending, nulls }) {
  const last = nulls ? ` NULLS ${nulls === 'last' ? 'LAST' : 'FIRST'}` : '';
  return `${column(table, field)} ${descending ? 'DESC' : 'ASC'}${last}`;
}

/** The cursor's row as a table of one row. Prisma looks it up in the same statement as well, under the same name. */
function cursorRow(statement, model, order, cursor) {
  const alias = statement.alias();
  const columns = list(alias, order.map(({ field }) => field));
  const where = condition(statement, model, alias, cursor);
  return `(SELECT ${columns} FROM ${quote(model.table)} AS ${quote(alias)} WHERE ${where}) AS "order_cmp"`;
}

/** The rows from the cursor's on, itself included: `a > x OR a = x AND id >= y`. */
function fromCursor(model, order) {
  const compare = ({ field }, operator) => `${column(model.table, field)} ${operator} ${column('order_cmp', field)}`;
  const alternatives = order.map((item, index) => {
    const last = index === order.length - 1;
    const operator = `${item.descending ? '<' : '>'}${last ? '=' : ''}`;
    return [...order.slice(0, index).map((before) => compare(before, '=')), compare(item, operator)].join(' AND ');
  });
  return alternatives.length > 1 ? `(${alternatives.join(' OR ')})` : alternatives[0];
}

/** A row of the database as a record: `values` has all that was fetched, `row` what the program gets to see. */
function record({ fields, shown }, columns, offset = 0) {
  const values = {};
  const row = {};
  fields.forEach((field, index) => {
    values[field.name] = fromDatabase(field, columns[offset + index]);
    if (shown.has(field.name)) row[field.name] = values[field.name];
  });
  return { values, row };
}

module.exports = { selection, select, list, ordering, orderItem, record };
