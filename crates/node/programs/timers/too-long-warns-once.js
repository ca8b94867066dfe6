// An interval of infinite length beats every millisecond, with a warning.
let n = 0;
const endless = setInterval(() => {
  console.log('beat', ++n);
  if (n === 2) clearInterval(endless);
}, Infinity);
