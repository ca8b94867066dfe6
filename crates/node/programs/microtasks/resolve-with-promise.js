// resolve(promise) takes two extra ticks; resolve(value) none.
let p = Promise.resolve();
for (let i = 1; i <= 4; i++) p = p.then(() => console.log('clock', i));
new Promise((resolve) => resolve(Promise.resolve())).then(() => console.log('resolved with a promise'));
new Promise((resolve) => resolve()).then(() => console.log('resolved with a value'));
