// States of promises.
console.log(Promise.resolve(1), new Promise(() => {}));
const rejected = Promise.reject('no');
rejected.catch(() => {});
console.log(rejected, [Promise.resolve({ a: [1] })]);
(async () => {})().then(() => {});
console.log((async () => 'value')());
