// An interval of 20 ms among timeouts that fall well between its rounds.
let n = 0;
const every = setInterval(() => {
  console.log('every 40:', ++n);
  if (n === 3) clearInterval(every);
}, 40);
setTimeout(() => console.log('at 20'), 20);
setTimeout(() => console.log('at 60'), 60);
setTimeout(() => console.log('at 100'), 100);
