// Patterns, defaults, rest and spread.
const { a, b: { c = 'default', ...others }, ...rest } = { a: 1, b: { d: 2, e: 3 }, f: 4 };
console.log(a, c, others, rest);
const [first, , third = 'none', ...tail] = [1, 2, undefined, 4, 5];
console.log(first, third, tail);
let x = 1, y = 2;
[x, y] = [y, x];
console.log(x, y, Math.max(...[1, 5, 3]), { ...'ab' }, [...'héé']);
const f = ({ name = 'nobody', tags: [t] = ['none'] } = {}, ...more) => [name, t, more.length];
console.log(f(), f({ name: 'ada', tags: ['x'] }, 1, 2));
