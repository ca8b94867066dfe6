// Eleven listeners look like a leak.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
for (let i = 0; i < 12; i++) emitter.on('data', () => {});
console.log(emitter.listenerCount('data'));
