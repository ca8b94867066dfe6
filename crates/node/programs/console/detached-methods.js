// The methods are bound: they can be passed around.
const { log } = console;
[1, 2].forEach((n) => log('detached', n));
Promise.resolve('value').then(console.log);
['a'].map(console.log);
