// Promise.all on settled promises against a clock of microtasks.
let p = Promise.resolve();
for (let i = 1; i <= 4; i++) p = p.then(() => console.log('clock', i));
Promise.all([Promise.resolve(1), 2]).then((values) => console.log('all', values));
Promise.all([]).then(() => console.log('all of nothing'));
Promise.race([Promise.resolve('race')]).then(console.log);
Promise.allSettled([1]).then(() => console.log('allSettled'));
