// A handled error in one immediate: the others run in the same turn or the next, in order.
process.on('uncaughtException', (error) => console.log('caught', error.message));
setImmediate(() => console.log('one'));
setImmediate(() => { throw new Error('two'); });
setImmediate(() => console.log('three'));
