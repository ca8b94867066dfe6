// Timers of the console: only what is the same every time.
console.timeEnd('never started');
console.timeLog('nor this');
console.time('twice');
console.time('twice');
