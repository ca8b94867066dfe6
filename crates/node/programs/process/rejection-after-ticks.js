// A tick queued by a microtask still comes before rejections are reported.
process.on('unhandledRejection', (reason) => console.log('unhandled:', reason));
Promise.resolve().then(() => {
  Promise.reject('nobody cares');
  process.nextTick(() => console.log('tick of the microtask'));
});
