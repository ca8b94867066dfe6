'use strict';
// Relations that are loaded when they are touched, in TypeORM's shape: `const images = await product.images`. Each touch
// is a query, and a loop over N products is N of them: the N+1 queries problem, without a line that looks like a query.

/** Gives each record a property for every relation that was not loaded. The query starts at the first touch. */
function makeLazy(session, { model, relations }, records, find) {
  const loaded = new Set(relations.map(({ relation }) => relation.name));
  for (const relation of model.relations.values()) {
    if (loaded.has(relation.name)) continue;
    for (const { values, row } of records) {
      const key = values[relation.local];
      if (key === undefined) continue; // not selected: nothing to look for
      let promise = null;
      const get = () => (promise ??= load(session, relation, key, find));
      // Not enumerable: a row that is printed or sent loads nothing.
      Object.defineProperty(row, relation.name, { get, enumerable: false, configurable: true });
    }
  }
}

async function load(session, relation, key, find) {
  if (key === null) return relation.many ? [] : null;
  const found = await find(session, relation.model, { where: { [relation.foreign]: key } });
  const rows = found.map(({ row }) => row);
  return relation.many ? rows : rows[0] ?? null;
}

module.exports = { makeLazy };
