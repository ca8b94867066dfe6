// Ticks that queue ticks keep everything else waiting, here a thousand times.
setTimeout(() => console.log('timer'), 0);
Promise.resolve().then(() => console.log('promise'));
let count = 0;
(function again() {
  if (++count < 1000) process.nextTick(again);
  else console.log('ticks done:', count);
})();
process.on('exit', () => console.log('exit'));
