'use strict';
// `create` with related rows in it: `data: { name, images: { create: [{ url }] }, shop: { connect: { id: 1 } } }`.
// Parents are inserted before children, each row by an INSERT of its own, all in one transaction: as Prisma does.

const { OrmError, OrmValidationError } = require('./errors');
const { find } = require('./find');
const { fieldOf } = require('./schema');
const { insertRows } = require('./write');

/** Inserts a row and what is nested in it; gives the row's columns in the order of `fields`. */
async function createRow(session, model, data, fields) {
  const nested = Object.keys(data).filter((name) => model.relations.has(name) && data[name] !== undefined);
  if (nested.length === 0) return (await insertRows(session, model, [data], fields))[0];
  return session.atomically(async (inside) => {
    const own = { ...data };
    const children = [];
    for (const name of nested) {
      const relation = model.relations.get(name);
      delete own[name];
      if (relation.ownsKey) own[relation.local] = await parentKey(inside, relation, data[name]);
      else children.push([relation, onlyCreate(relation, data[name])]);
    }
    // The keys that children point to, besides what was asked for.
    const all = [...new Set([...fields, ...children.map(([relation]) => fieldOf(model, relation.local))])];
    const [row] = await insertRows(inside, model, [own], all);
    for (const [{ model: target, local, foreign }, rows] of children) {
      const key = row[all.indexOf(fieldOf(model, local))];
      for (const child of rows) await createRow(inside, target, { ...child, [foreign]: key }, [fieldOf(target, foreign)]);
    }
    return row.slice(0, fields.length);
  });
}

/** The key of the row that is created or connected. */
async function parentKey(session, { name, model, foreign }, { create, connect }) {
  if (create) return (await createRow(session, model, create, [fieldOf(model, foreign)]))[0];
  if (!connect) throw new OrmValidationError(`\`${name}\` needs \`create\` or \`connect\``);
  if (connect[foreign] !== undefined) return connect[foreign];
  const [found] = await find(session, model, { where: connect, select: { [foreign]: true }, take: 1 });
  if (!found) throw new OrmError('P2025', `No ${model.name} was found to connect`, { model: model.name });
  return found.values[foreign];
}

function onlyCreate({ name, many }, { create, ...others }) {
  if (!create || Object.keys(others).length) throw new OrmValidationError(`\`${name}\` knows \`create\` here, and nothing else`);
  return many ? [create].flat() : [create];
}

module.exports = { createRow };
