// Map, Set, their iterators, and the weak ones.
const map = new Map([['a', 1], [{ k: 1 }, [2]], [3, new Map([[1, 2]])]]);
console.log(map);
console.log(new Set([1, 'two', { three: 3 }]), new Set(), new Map());
console.log(map.keys(), map.entries().next(), new Set([1]).values());
console.log(new WeakMap(), new WeakSet());
console.log([new Map([[1, { a: { b: { c: {} } } }]])]);
console.log([1, 2][Symbol.iterator](), 'ab'[Symbol.iterator]());
