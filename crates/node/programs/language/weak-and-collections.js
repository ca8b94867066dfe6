// Map and Set order, weak references exist.
const map = new Map([['z', 1], ['a', 2]]);
map.set('z', 3).delete('a');
map.set('a', 4);
console.log([...map], map.size, new Set([3, 1, 3]).size, [...new Set('hello')].join(''));
const key = {};
const weak = new WeakMap([[key, 'value']]);
console.log(weak.get(key), weak.has({}), new WeakRef(key).deref() === key, typeof FinalizationRegistry);
const set = new Set([1, 2, 3]);
for (const n of set) { console.log(n); if (n < 3) set.add(n + 10); set.delete(n); }
console.log(set, new Map([[NaN, 'nan'], [0, 'zero']]).get(NaN), new Map([[0, 'zero']]).get(-0));
