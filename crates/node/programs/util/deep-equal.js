// isDeepStrictEqual compares values, types and prototypes.
const { isDeepStrictEqual: same } = require('node:util');
console.log(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), same([1, 2], [2, 1]), same(1, '1'));
console.log(same(NaN, NaN), same(0, -0), same(new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])));
console.log(same(new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])), same(new Date(0), new Date(0)), same(/a/g, /a/i));
console.log(same([1, , 3], [1, undefined, 3]), same({}, Object.create(null)), same(new Error('a'), new Error('a')));
const x = {}; x.x = x; const y = {}; y.y = y; const z = {}; z.x = z;
console.log(same(x, z), same(x, y));
