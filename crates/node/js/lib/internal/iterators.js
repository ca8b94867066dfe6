'use strict';

// What an iterator of a Map or Set holds cannot be seen without taking it out, so each is remembered with the
// collection it was made of: that shows all of its entries, whether or not it has moved since. Counting the moves would
// slow every loop over a Map down.

const origins = new WeakMap();

function remember(prototype, name, ...aliases) {
  const theirs = prototype[name];
  const ours = {
    [name]() {
      const iterator = Reflect.apply(theirs, this, []);
      origins.set(iterator, [this, name]);
      return iterator;
    },
  }[name];
  for (const key of [name, ...aliases]) {
    Object.defineProperty(prototype, key, { value: ours, writable: true, configurable: true, enumerable: false });
  }
  return theirs;
}

const mapEntries = remember(Map.prototype, 'entries', Symbol.iterator);
remember(Map.prototype, 'keys');
remember(Map.prototype, 'values');
const setValues = remember(Set.prototype, 'values', 'keys', Symbol.iterator);
remember(Set.prototype, 'entries');

/** The entries of an iterator as it gives them; none of one whose origin is not known. */
host.previewEntries = (iterator) => {
  const [collection, name] = origins.get(iterator) ?? [];
  if (collection === undefined) return [];
  if (host.isKind(collection) === 'Set') {
    const values = [...{ [Symbol.iterator]: () => Reflect.apply(setValues, collection, []) }];
    return name === 'entries' ? values.map((value) => [value, value]) : values;
  }
  const entries = [...{ [Symbol.iterator]: () => Reflect.apply(mapEntries, collection, []) }];
  return name === 'entries' ? entries : entries.map(([key, value]) => (name === 'keys' ? key : value));
};

/** Whether an iterator gives pairs of key and value. */
host.givesPairs = (iterator) => origins.get(iterator)?.[1] === 'entries';
