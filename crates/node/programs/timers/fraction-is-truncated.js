// 1.9 is truncated to 1, so it waits in the list of the one-millisecond timers.
setTimeout(() => console.log('first, 1'), 1);
setTimeout(() => console.log('second, 1.9'), 1.9);
setTimeout(() => console.log('third, 1'), 1);
