// From a timer's callback, too: check follows before the timers come round again.
setTimeout(() => {
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
}, 5);
