// Ticks run between two timers of the same pass.
setTimeout(() => { console.log('t1'); process.nextTick(() => console.log('tick')); }, 1);
setTimeout(() => console.log('t2'), 1);
