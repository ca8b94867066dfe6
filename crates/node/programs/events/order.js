// Listeners run in the order of their registration, synchronously.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.on('data', (x) => console.log('first', x));
emitter.on('data', (x) => console.log('second', x));
emitter.prependListener('data', (x) => console.log('prepended', x));
console.log('before');
console.log(emitter.emit('data', 1));
console.log(emitter.emit('nobody listens'));
console.log('after');
