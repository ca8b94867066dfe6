// An error in a then callback becomes a rejection that nobody handles.
Promise.resolve()
  .then(() => { throw new Error('in a promise'); })
  .then(() => console.log('skipped'));
process.nextTick(() => console.log('tick'));
queueMicrotask(() => console.log('microtask'));
setTimeout(() => console.log('never'), 0);
