// An interval runs until it is cleared.
let count = 0;
const interval = setInterval(() => {
  console.log('tick', ++count);
  if (count === 4) clearInterval(interval);
}, 5);
