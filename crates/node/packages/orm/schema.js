'use strict';
// Reads the part of Prisma's schema language that describes models:
//
//   model Product {
//     id      Int     @id @default(autoincrement())
//     name    String  @unique
//     shopId  Int     @map("shop_id")
//     shop    Shop    @relation(fields: [shopId], references: [id])
//     images  Image[]
//     version Int     @version            // ours: Prisma has no such attribute
//     @@map("products")
//   }
//
// Where it differs: relations have one column on each side, there are no implicit many-to-many relations, and no
// enums. Tables are not made from it: migrations are SQL.

const { OrmValidationError } = require('./errors');

const SCALARS = new Set(['Int', 'BigInt', 'String', 'Boolean', 'Float', 'Decimal', 'DateTime', 'Json']);

/** The models of a schema, by name, in the order of the text. */
function readSchema(text) {
  const models = new Map();
  let model = null;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    const opens = /^model\s+(\w+)\s*\{$/.exec(line);
    if (opens) {
      model = { name: opens[1], table: opens[1], fields: new Map(), relations: new Map(), id: [], keys: new Map(), version: null };
      models.set(model.name, model);
    } else if (line === '}') {
      model = null;
    } else if (model && line.startsWith('@@')) {
      readModelAttribute(model, line);
    } else if (model && line) {
      readField(model, line);
    } else if (line) {
      throw new OrmValidationError(`The schema has a line outside of any model: ${line}`);
    }
  }
  for (const each of models.values()) finish(each, models);
  return models;
}

function readField(model, line) {
  const parts = /^(\w+)\s+(\w+)(\[\]|\?)?\s*(.*)$/.exec(line);
  if (!parts) throw new OrmValidationError(`Model ${model.name} has a line that is no field: ${line}`);
  const [, name, type, modifier, attributes] = parts;
  if (!SCALARS.has(type)) {
    const keys = /@relation\(.*fields:\s*\[(\w+)\],\s*references:\s*\[(\w+)\]/.exec(attributes);
    const label = /@relation\("(\w+)"/.exec(attributes);
    model.relations.set(name, {
      name,
      type,
      many: modifier === '[]',
      label: label && label[1],
      local: keys && keys[1],
      foreign: keys && keys[2],
    });
    return;
  }
  const column = /@map\("([^"]+)"\)/.exec(attributes);
  model.fields.set(name, { name, type, list: modifier === '[]', column: column ? column[1] : name });
  if (/@id\b/.test(attributes)) model.id = [name];
  if (/@id\b|@unique\b/.test(attributes)) model.keys.set(name, [name]);
  if (/@version\b/.test(attributes)) model.version = name;
}

function readModelAttribute(model, line) {
  const table = /^@@map\("([^"]+)"\)$/.exec(line);
  const key = /^@@(id|unique)\(\[([\w\s,]+)\]\)$/.exec(line);
  if (table) model.table = table[1];
  if (key) {
    const fields = key[2].split(',').map((field) => field.trim());
    if (key[1] === 'id') model.id = fields;
    model.keys.set(fields.join('_'), fields);
  }
  if (!table && !key && !line.startsWith('@@index')) throw new OrmValidationError(`${line} is not known here`);
}

/** Finds the other side of each relation: the columns stand on the side that has the foreign key. */
function finish(model, models) {
  if (model.id.length === 0) throw new OrmValidationError(`Model ${model.name} has no @id`);
  for (const relation of model.relations.values()) {
    const target = models.get(relation.type);
    if (!target) throw new OrmValidationError(`${model.name}.${relation.name} is of type ${relation.type}, which is no model`);
    relation.model = target;
    if (relation.local) {
      relation.ownsKey = true;
      continue;
    }
    const back = [...target.relations.values()].find(
      (other) => other.type === model.name && other.label === relation.label && other.local && other !== relation && !other.many,
    );
    if (!back) throw new OrmValidationError(`${model.name}.${relation.name} has no opposite in ${target.name}`);
    relation.ownsKey = false;
    [relation.local, relation.foreign] = [back.foreign, back.local];
  }
}

/** The field called `name`, or an error that lists what there is. */
function fieldOf(model, name) {
  const field = model.fields.get(name);
  if (field) return field;
  const known = [...model.fields.keys(), ...model.relations.keys()].join(', ');
  throw new OrmValidationError(`Unknown field \`${name}\` for model \`${model.name}\`. Available: ${known}.`);
}

module.exports = { readSchema, fieldOf };
