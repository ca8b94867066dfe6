// process.exit: exit handlers run, nothing else does.
process.on('exit', (code) => console.log('exit', code));
process.nextTick(() => console.log('never: tick'));
Promise.resolve().then(() => console.log('never: promise'));
setTimeout(() => console.log('never: timer'), 0);
process.exit(3);
