// Every placeholder of util.format.
const { format } = require('node:util');
console.log(format('%s %s %s %s', 'text', 42, 10n, Symbol('s')));
console.log(format('%s %s %s', null, undefined, -0));
console.log(format('%s %s', { a: { b: 1 } }, [1, [2, [3]]]));
console.log(format('%s', class A {}), format('%s', function f() {}));
console.log(format('%d %d %d %d', 42, '42', 'x', 10n), format('%d', -0));
console.log(format('%i %i %i', 42.9, '7.5px', {}));
console.log(format('%f %f', '1.50', 'x'));
console.log(format('%j %j', { a: [1] }, 'x'), format('%j', 1n === 1n));
console.log(format('%o', { a: 1 }));
console.log(format('%O', { a: { b: { c: { d: 1 } } } }));
console.log(format('100%', 'and %s'), format('%% %s', 1), format('%c styled', 'color: red'));
console.log(format('%s'), format('%x', 1), format('a', 'b', { c: 1 }), format(1, 2), format('%s', 'a', 'rest'));
console.log(format('%s', { toString() { return 'own toString'; } }), format('%s', new Date(0)));
