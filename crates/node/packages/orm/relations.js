'use strict';
// `include` by queries: one for each relation, whatever the number of rows. All keys go into one IN list, and the rows
// that come back are dealt out in memory. This is what Prisma does unless it is told to join.

const { OrmValidationError } = require('./errors');

/** PostgreSQL's protocol counts parameters in 16 bits; Prisma splits long lists below that as well. */
const LONGEST_LIST = 32_766;

/** Loads `relations` for all `records`, one query each, and nested ones after them. */
async function loadRelations(session, records, relations, find) {
  for (const { relation, args } of relations) {
    const groups = await byKey(session, records, relation, args, find);
    for (const { values, row } of records) {
      const rows = groups.get(values[relation.local]) ?? [];
      row[relation.name] = relation.many ? page(rows, args) : rows[0] ?? null;
    }
  }
}

/** The related rows by the key that they belong to. */
async function byKey(session, records, relation, args, find) {
  if (args.cursor) throw new OrmValidationError(`\`cursor\` inside of \`${relation.name}\` is not known here`);
  const keys = [...new Set(records.map(({ values }) => values[relation.local]))].filter((key) => key !== null);
  const groups = new Map(keys.map((key) => [key, []]));
  for (let start = 0; start < keys.length; start += LONGEST_LIST) {
    const where = { [relation.foreign]: { in: keys.slice(start, start + LONGEST_LIST) } };
    if (args.where) where.AND = [args.where];
    // A page of each parent's rows is cut from all of them: an IN query cannot limit by parent. So does Prisma.
    const found = await find(session, relation.model, { ...args, where, take: undefined, skip: undefined }, [relation.foreign]);
    for (const { values, row } of found) groups.get(values[relation.foreign]).push(row);
  }
  return groups;
}

function page(rows, { take, skip = 0 }) {
  if (take < 0) return rows.slice(take - skip, skip ? -skip : undefined);
  return take === undefined && !skip ? rows : rows.slice(skip, take === undefined ? undefined : skip + take);
}

module.exports = { loadRelations };
