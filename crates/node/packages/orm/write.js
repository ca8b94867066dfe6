'use strict';
// create, update, upsert and delete become one statement each, which also returns the row.
//
// A model with a @version field counts its changes. Who names the version that he has read in `where` gets a conflict,
// P2034, if it has changed since. Prisma has no such field: there one writes `version: { increment: 1 }` oneself, and a
// stale version looks like a row that is not there, P2025. TypeORM counts by itself and leaves checking to the reader.

const { OrmError, OrmValidationError } = require('./errors');
const { fieldOf } = require('./schema');
const { list } = require('./select');
const { Statement, column, quote } = require('./statement');
const { condition, requireUnique } = require('./where');

const ARITHMETIC = { increment: '+', decrement: '-', multiply: '*', divide: '/' };

/** `INSERT INTO … VALUES …`: a row may leave out what others have. */
function insert(statement, model, rows) {
  const names = [...new Set(rows.flatMap((data) => Object.keys(data).filter((name) => data[name] !== undefined)))];
  const fields = names.map((name) => fieldOf(model, name));
  if (fields.length === 0 && rows.length === 1) return `INSERT INTO ${quote(model.table)} DEFAULT VALUES`;
  const tuple = (data) => fields.map((field) => (data[field.name] === undefined ? 'DEFAULT' : statement.param(data[field.name], field)));
  const columns = fields.map((field) => quote(field.column)).join(', ');
  return `INSERT INTO ${quote(model.table)} (${columns}) VALUES ${rows.map((data) => `(${tuple(data).join(', ')})`).join(', ')}`;
}

/** `"stock" = "products"."stock" - $1, "version" = "products"."version" + 1` */
function assignments(statement, model, data) {
  const parts = Object.entries(data).filter(([, value]) => value !== undefined).map(([name, value]) => {
    const field = fieldOf(model, name);
    const isOperation = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && field.type !== 'Json';
    const [operation, operand] = isOperation ? Object.entries(value)[0] : ['set', value];
    if (operation === 'set') return `${quote(field.column)} = ${statement.param(operand, field)}`;
    if (!ARITHMETIC[operation]) throw new OrmValidationError(`Unknown operation \`${operation}\` on field \`${name}\``);
    return `${quote(field.column)} = ${column(model.table, field)} ${ARITHMETIC[operation]} ${statement.param(operand)}`;
  });
  if (parts.length && model.version && data[model.version] === undefined) {
    const field = fieldOf(model, model.version);
    parts.push(`${quote(field.column)} = ${column(model.table, field)} + 1`);
  }
  return parts.join(', ');
}

async function insertRows(session, model, rows, fields) {
  const statement = new Statement();
  const text = `${insert(statement, model, rows)} RETURNING ${list(model.table, fields)}`;
  return (await session.send(text, statement.values, model)).rows;
}

/** The number of rows inserted by one statement. */
async function insertMany(session, model, { data, skipDuplicates = false }) {
  const rows = [data].flat();
  if (rows.length === 0) return 0;
  const statement = new Statement();
  const text = insert(statement, model, rows) + (skipDuplicates ? ' ON CONFLICT DO NOTHING' : '');
  return (await session.send(text, statement.values, model)).rowCount;
}

/** `UPDATE … SET … WHERE …`; with `fields`, `RETURNING` them. */
async function updateRows(session, model, { where, data }, fields = null) {
  const statement = new Statement();
  const set = assignments(statement, model, data);
  if (!set) throw new OrmValidationError('`data` changes nothing');
  const text = `UPDATE ${quote(model.table)} SET ${set}${filter(statement, model, where)}${returning(model, fields)}`;
  return session.send(text, statement.values, model);
}

/** `DELETE FROM … WHERE …`; with `fields`, `RETURNING` them. */
async function deleteRows(session, model, { where }, fields = null) {
  const statement = new Statement();
  const text = `DELETE FROM ${quote(model.table)}${filter(statement, model, where)}${returning(model, fields)}`;
  return session.send(text, statement.values, model);
}

/**
 * One INSERT … ON CONFLICT DO UPDATE, so that no other transaction comes in between. Prisma does so under the same
 * conditions, and otherwise reads first and then decides.
 */
async function upsertRow(session, model, { where, create, update }, fields) {
  const key = requireUnique(model, where);
  const columns = model.keys.get(key);
  const values = columns.length > 1 ? where[key] : where;
  if (Object.keys(where).length > 1 || columns.some((name) => create[name] !== values[name])) {
    throw new OrmValidationError('`upsert` needs a `where` with one unique key, and the same values in `create`');
  }
  const statement = new Statement();
  const conflict = columns.map((name) => quote(fieldOf(model, name).column));
  const text = insert(statement, model, [create]);
  // An update that changes nothing still has to return the row.
  const set = assignments(statement, model, update) || `${conflict[0]} = EXCLUDED.${conflict[0]}`;
  const decided = `${text} ON CONFLICT (${conflict.join(', ')}) DO UPDATE SET ${set}`;
  return (await session.send(decided + returning(model, fields), statement.values, model)).rows;
}

function filter(statement, model, where) {
  const text = condition(statement, model, model.table, where);
  return text === 'TRUE' ? '' : ` WHERE ${text}`;
}

function returning(model, fields) {
  return fields ? ` RETURNING ${list(model.table, fields)}` : '';
}

/** Why a row that was to be changed was not: another version of it is there, or none. */
async function notChanged(session, model, where) {
  const { version } = model;
  if (version && where[version] !== undefined) {
    const statement = new Statement();
    const rest = { ...where, [version]: undefined };
    const text = `SELECT ${list(model.table, [fieldOf(model, version)])} FROM ${quote(model.table)}`;
    const { rows } = await session.send(text + filter(statement, model, rest), statement.values, model);
    const meta = { model: model.name, expected: where[version] };
    if (rows.length) return new OrmError('P2034', `Write conflict: ${model.name} has changed since it was read`, { ...meta, actual: rows[0][0] });
  }
  return new OrmError('P2025', `No ${model.name} was found`, { model: model.name });
}

module.exports = { insertRows, insertMany, updateRows, upsertRow, deleteRows, notChanged };
