// A tick queued by a microtask waits until all microtasks are done.
Promise.resolve()
  .then(() => {
    console.log('microtask 1');
    process.nextTick(() => console.log('tick'));
  })
  .then(() => console.log('microtask 2'))
  .then(() => console.log('microtask 3'));
