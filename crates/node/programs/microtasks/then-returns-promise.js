// A promise returned from then() delays the chain by the same two ticks.
Promise.resolve().then(() => Promise.resolve('inner')).then((v) => console.log(v));
let p = Promise.resolve();
for (let i = 1; i <= 5; i++) p = p.then(() => console.log('clock', i));
