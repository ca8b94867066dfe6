// What follows the delay is passed to the callback.
setTimeout((...args) => console.log('timeout', args), 60, 1, 'two', [3]);
setImmediate((...args) => console.log('immediate', args), { four: 4 });
const repeat = setInterval((label) => {
  console.log('interval', label);
  clearInterval(repeat);
}, 120, 'five');
