// nextTick passes arguments on.
process.nextTick(console.log, 'a', 1, [2]);
process.nextTick((...rest) => console.log(rest.length), 1, 2, 3, 4, 5, 6);
