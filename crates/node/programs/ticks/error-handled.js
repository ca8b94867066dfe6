// With a handler the queue goes on after the error.
process.on('uncaughtException', (error) => console.log('caught:', error.message));
process.nextTick(() => { throw new Error('in a tick'); });
process.nextTick(() => console.log('next tick'));
Promise.resolve().then(() => console.log('promise'));
