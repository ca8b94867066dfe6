// With a handler, an unhandled rejection does not end the process.
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled:', reason.message, promise instanceof Promise);
});
Promise.reject(new Error('one'));
Promise.resolve().then(() => { throw new Error('two'); });
setTimeout(() => console.log('timer'), 1);
process.nextTick(() => console.log('tick'));
