// Primitive values, alone and inside.
const { inspect } = require('node:util');
console.log(inspect('it\'s'), inspect("both ' and \""), inspect('all \' " `'), inspect('line\nbreak\ttab \u0001'));
console.log([undefined, null, true, -0, 0, NaN, Infinity, 1e21, 0.1, 10n, Symbol('s'), Symbol.iterator]);
console.log({ undefined, null: null, text: 'a', 'not-an-identifier': 1, 2: 'two', [Symbol('k')]: 'symbol' });
console.log(-0, 'top-level text', ['nested text']);
console.log([new String('s'), new Number(-0), new Boolean(false), Object(1n), Object(Symbol('x'))]);
