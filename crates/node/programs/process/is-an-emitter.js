// process is an event emitter.
const { EventEmitter } = require('node:events');
console.log(process instanceof EventEmitter);
process.once('mine', (value) => console.log('mine', value));
console.log(process.emit('mine', 1), process.emit('mine', 2));
console.log(process.listenerCount('exit'));
