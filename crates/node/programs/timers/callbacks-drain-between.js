// Between two timers of one list Node empties the ticks and the microtasks.
setTimeout(() => {
  console.log('timer 1');
  Promise.resolve().then(() => console.log('microtask of 1'));
  process.nextTick(() => console.log('tick of 1'));
}, 5);
setTimeout(() => console.log('timer 2'), 5);
