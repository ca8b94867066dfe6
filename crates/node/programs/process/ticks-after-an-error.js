// What the main script queued before it failed does not wait for the loop, when the error is handled.
process.on('uncaughtException', (error) => console.log('caught', error.message));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
setTimeout(() => console.log('timer'), 0);
const until = Date.now() + 10;
while (Date.now() < until);
throw new Error('in the main script');
