// An immediate that arms a slow timer and queues an immediate: the immediate is next.
setImmediate(() => {
  setTimeout(() => console.log('timeout'), 20);
  setImmediate(() => console.log('second immediate'));
  queueMicrotask(() => console.log('microtask'));
});
