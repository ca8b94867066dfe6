// Labels, comma, do-while, for-in order.
outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; console.log(i, j); } }
block: { console.log('in block'); if (true) break block; console.log('never'); }
let n = 0;
do { n++; } while (n < 3);
const order = [];
for (const key in { b: 1, 2: 1, a: 1, 1: 1 }) order.push(key);
console.log(n, order, [...Array(3).keys()], (() => { for (var i = 0, j = 10; i < j; i++, j--); return [i, j]; })());
