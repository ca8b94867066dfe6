// captureRejections turns a rejected listener into an error event.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter({ captureRejections: true });
emitter.on('job', async (name) => { throw new Error(`${name} failed`); });
emitter.on('error', (error) => console.log('error event:', error.message));
emitter.emit('job', 'the job');
console.log('main');
