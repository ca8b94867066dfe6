// The same exit code when nobody listens, and pending timers have run before.
setTimeout(() => console.log('timer'), 5);
console.log('waiting');
await new Promise(() => {});
