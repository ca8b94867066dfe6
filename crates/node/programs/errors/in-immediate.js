// An error in an immediate.
setImmediate(() => { process.nextTick(() => console.log('never')); throw new Error('in an immediate'); });
setImmediate(() => console.log('never'));
process.on('exit', (code) => console.log('exit', code));
