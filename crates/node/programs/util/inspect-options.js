// The options one uses in practice.
const { inspect } = require('node:util');
const data = { z: 1, a: { b: { c: { d: [1, 2, 3, 4] } } } };
console.log(inspect(data, { depth: 0 }));
console.log(inspect(data, { depth: null }));
console.log(inspect(data, { compact: false }));
console.log(inspect(data, { sorted: true, breakLength: Infinity, depth: 5 }));
console.log(inspect(new Map([[1, 2]]), { showHidden: true }), inspect([1], { showHidden: true }));
console.log(inspect({ get a() { return 5; } }, { getters: true }));
console.log(inspect([1, 2, 3, 4, 5], { maxArrayLength: 2 }), inspect('abcdef', { maxStringLength: 3 }));
console.log(inspect({ a: 1, b: 'x', c: null, d: true }, { colors: true }));
console.log(inspect(123456789.123, { numericSeparator: true }));
