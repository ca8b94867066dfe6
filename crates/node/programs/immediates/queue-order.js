// Immediates run in the order in which they were queued, with microtasks between them.
setImmediate(() => {
  console.log('1');
  process.nextTick(() => console.log('tick of 1'));
  Promise.resolve().then(() => console.log('microtask of 1'));
});
setImmediate(() => console.log('2'));
setImmediate(() => console.log('3'));
console.log('main');
