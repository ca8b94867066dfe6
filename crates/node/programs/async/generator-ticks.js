// What yield and return cost in an async generator, against a clock.
async function* g() { yield 1; yield Promise.resolve(2); return 3; }
let p = Promise.resolve();
for (let i = 1; i <= 9; i++) p = p.then(() => console.log('clock', i));
(async () => {
  const it = g();
  console.log((await it.next()).value);
  console.log((await it.next()).value);
  console.log((await it.next()).value);
})();
