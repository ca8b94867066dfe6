// exit from a microtask stops the rest of the queue.
process.on('exit', (code) => console.log('exit', code));
Promise.resolve().then(() => console.log('first')).then(() => process.exit(9)).then(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
