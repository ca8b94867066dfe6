// await of a value, of a promise and of a thenable against a clock of microtasks.
let p = Promise.resolve();
for (let i = 1; i <= 6; i++) p = p.then(() => console.log('clock', i));
(async () => { await 1; console.log('value'); })();
(async () => { await Promise.resolve(); console.log('promise'); })();
(async () => { await { then(resolve) { resolve(); } }; console.log('thenable'); })();
(async () => { await (async () => {})(); console.log('async function'); })();
(async () => { await (async () => Promise.resolve())(); console.log('async function that returns a promise'); })();
