// Without it, a rejected listener is an unhandled rejection: emit does not wait.
const { EventEmitter } = require('node:events');
process.on('unhandledRejection', (error) => console.log('unhandled:', error.message));
const emitter = new EventEmitter();
emitter.on('job', async () => { console.log('starts'); await null; throw new Error('lost'); });
emitter.on('job', () => console.log('second listener'));
emitter.emit('job');
console.log('after emit');
