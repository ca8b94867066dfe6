// An error in a timer, handled by the process: the rest of the list runs.
process.on('uncaughtException', (error) => console.log('caught', error.message));
setTimeout(() => console.log('one'), 5);
setTimeout(() => { throw new Error('two'); }, 5);
setTimeout(() => console.log('three'), 5);
