// A Timeout can be closed, and is disposable.
const timer = setTimeout(() => console.log('never'), 5);
console.log(typeof timer.close, typeof timer[Symbol.toPrimitive]);
timer.close();
setTimeout(() => console.log('end'), 20);
