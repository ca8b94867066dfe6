// for await over a sync iterable costs more ticks than a plain await.
let p = Promise.resolve();
for (let i = 1; i <= 9; i++) p = p.then(() => console.log('clock', i));
(async () => { for await (const x of ['a', 'b']) console.log('for await', x); })();
(async () => { for (const x of ['a', 'b']) console.log('await', await x); })();
