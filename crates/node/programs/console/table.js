// Tables of arrays and objects.
console.table([{ name: 'ada', age: 36 }, { name: 'alan', city: 'London' }]);
console.table([['a', 1], ['b', 2]]);
console.table({ x: { v: 1 }, y: { v: 2 } }, ['v']);
console.table([1, 'two', { three: 3 }]);
console.table(new Map([['k', 'v']]));
console.table(new Set([1]));
console.table('not a table');
console.table([]);
