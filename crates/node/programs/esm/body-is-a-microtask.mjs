// The body runs inside a microtask: promise jobs queued by it come before its ticks, and before timers.
setTimeout(() => console.log('timer'), 0);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => {
  console.log('promise 1');
  process.nextTick(() => console.log('tick from promise'));
}).then(() => console.log('promise 2'));
console.log('body');
