// An error in a microtask is an uncaught exception; the queue goes on when it is handled.
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin));
queueMicrotask(() => { throw new Error('boom'); });
queueMicrotask(() => console.log('next microtask'));
setTimeout(() => console.log('timer'), 5);
