// The next round counts from the end of the callback, so two intervals of one length keep their order.
let rounds = 0;
const a = setInterval(() => {
  console.log('a', ++rounds);
  if (rounds === 3) clearInterval(a);
}, 20);
let others = 0;
const b = setInterval(() => {
  console.log('b', ++others);
  if (others === 3) clearInterval(b);
}, 20);
