// A timer armed inside a timer never runs in the same pass, even when it is due.
setTimeout(() => {
  console.log('outer 1');
  setTimeout(() => console.log('inner'), 1);
  const until = Date.now() + 20;
  while (Date.now() < until);
}, 1);
setTimeout(() => console.log('outer 2'), 1);
setImmediate(() => setImmediate(() => console.log('immediates are done')));
setTimeout(() => console.log('late'), 60);
