// A timer armed inside a timer never runs in the same pass, even when it is due by the time the pass ends.
setTimeout(() => {
  console.log('outer 1');
  setTimeout(() => console.log('inner'), 1);
  setImmediate(() => console.log('immediate'));
  const until = Date.now() + 20;
  while (Date.now() < until);
}, 1);
setTimeout(() => console.log('outer 2'), 1);
