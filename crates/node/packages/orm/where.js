'use strict';
// A filter becomes a condition: `{ price: { lt: 10 }, OR: […] }` → `"products"."price" < $1 AND (…)`.
//
// A filter on a relation (`some`, `none`, `every`, `is`, `isNot`) is an EXISTS here. Prisma has written it as an IN with
// a subquery for years; PostgreSQL plans both as a semi-join.

const { OrmValidationError } = require('./errors');
const { fieldOf } = require('./schema');
const { column, quote } = require('./statement');

const COMPARISONS = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const PATTERNS = {
  contains: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
  endsWith: (text) => `%${text}`,
};

/** The condition that `where` is, on rows of `table`. An empty filter is `TRUE`. */
function condition(statement, model, table, where = {}) {
  const parts = [];
  for (const [name, value] of Object.entries(where)) {
    if (value === undefined) continue; // Prisma: a filter that is undefined is no filter. A trap, and a true one.
    const nested = (each) => condition(statement, model, table, each);
    if (name === 'AND') parts.push(...[value].flat().map(nested));
    else if (name === 'OR') parts.push(value.length ? `(${value.map(nested).join(' OR ')})` : 'FALSE');
    else if (name === 'NOT') parts.push(...[value].flat().map((each) => `NOT (${nested(each)})`));
    else if (model.relations.has(name)) parts.push(...onRelation(statement, model.relations.get(name), model, table, value));
    else if (!model.fields.has(name) && model.keys.has(name)) parts.push(nested(value)); // orderId_line: { … }
    else parts.push(...onField(statement, fieldOf(model, name), table, value));
  }
  return parts.length ? parts.join(' AND ') : 'TRUE';
}

function onField(statement, field, table, filter) {
  const left = column(table, field);
  const equals = (value) => (value === null ? `${left} IS NULL` : `${left} = ${statement.param(value, field)}`);
  if (!isFilter(filter)) return [equals(filter)];
  const like = filter.mode === 'insensitive' ? 'ILIKE' : 'LIKE';
  return Object.entries(filter).flatMap(([operator, value]) => {
    if (value === undefined || operator === 'mode') return [];
    if (operator === 'equals') return [equals(value)];
    if (operator === 'not') {
      if (value === null) return [`${left} IS NOT NULL`];
      // As SQL has it: a NULL is not unequal to anything, so such rows are left out.
      if (!isFilter(value)) return [`${left} <> ${statement.param(value, field)}`];
      return [`NOT (${onField(statement, field, table, value).join(' AND ')})`];
    }
    const list = () => value.map((each) => statement.param(each, field)).join(', ');
    if (operator === 'in') return [value.length ? `${left} IN (${list()})` : 'FALSE'];
    if (operator === 'notIn') return [value.length ? `${left} NOT IN (${list()})` : 'TRUE'];
    if (COMPARISONS[operator]) return [`${left} ${COMPARISONS[operator]} ${statement.param(value, field)}`];
    // Prisma lets % and _ through as wildcards; here the text means itself.
    if (PATTERNS[operator]) return [`${left} ${like} ${statement.param(PATTERNS[operator](value.replace(/[\\%_]/g, '\\$&')))}`];
    throw new OrmValidationError(`Unknown operator \`${operator}\` on field \`${field.name}\``);
  });
}

function isFilter(value) {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function onRelation(statement, relation, model, table, filter) {
  const exists = (where, negated) => {
    const alias = statement.alias();
    const { model: target, local, foreign } = relation;
    const keys = `${column(alias, fieldOf(target, foreign))} = ${column(table, fieldOf(model, local))}`;
    const inner = condition(statement, target, alias, where);
    const wanted = negated ? ` AND NOT (${inner})` : inner === 'TRUE' ? '' : ` AND ${inner}`;
    return `EXISTS (SELECT 1 FROM ${quote(target.table)} AS ${quote(alias)} WHERE ${keys}${wanted})`;
  };
  if (filter === null) return [`NOT ${exists({}, false)}`];
  const kinds = {
    some: (where) => exists(where, false),
    none: (where) => `NOT ${exists(where, false)}`,
    every: (where) => `NOT ${exists(where, true)}`,
    is: (where) => (where === null ? `NOT ${exists({}, false)}` : exists(where, false)),
    isNot: (where) => (where === null ? exists({}, false) : `NOT ${exists(where, false)}`),
  };
  const named = Object.entries(filter);
  if (!relation.many && !named.some(([kind]) => kind === 'is' || kind === 'isNot')) return [exists(filter, false)];
  return named.map(([kind, where]) => {
    if (kinds[kind] && relation.many === ['some', 'none', 'every'].includes(kind)) return kinds[kind](where);
    throw new OrmValidationError(`\`${kind}\` is no filter on relation \`${relation.name}\``);
  });
}

/** Whether `where` names a whole key of `model`: what findUnique, update, upsert and delete need. */
function requireUnique(model, where = {}) {
  for (const [name, fields] of model.keys) {
    if (where[name] !== undefined && (fields.length === 1 || !model.fields.has(name))) return name;
  }
  throw new OrmValidationError(`\`where\` needs a unique field of ${model.name}: ${[...model.keys.keys()].join(' or ')}`);
}

module.exports = { condition, requireUnique };
