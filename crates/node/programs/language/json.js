// JSON both ways.
console.log(JSON.stringify({ a: undefined, b: () => {}, c: Symbol('x'), d: NaN, e: new Date(0), f: [undefined], g: null }));
console.log(JSON.stringify({ a: [1, { b: 2 }] }, null, 2), JSON.stringify([1], null, '--'), JSON.stringify('\u2028"\ud800'));
console.log(JSON.stringify({ a: 1, b: 2, c: { a: 3 } }, ['a', 'c']), JSON.stringify({ n: 1 }, (k, v) => (typeof v === 'number' ? v + 1 : v)));
console.log(JSON.parse('{"a":[1,2,{"b":null}]}', (k, v) => (Array.isArray(v) ? v.length : v)), JSON.parse(' 1e3 '), JSON.parse('{"__proto__": 1}'));
const circle = {}; circle.me = circle;
for (const bad of [() => JSON.stringify(circle), () => JSON.stringify(1n), () => JSON.parse('{a:1}'), () => JSON.parse('')]) {
  try { bad(); } catch (error) { console.log(error.name); }
}
