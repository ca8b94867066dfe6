// once: removed before it runs, so that it may emit again.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.once('x', (n) => { console.log('once', n); emitter.emit('x', n + 1); });
emitter.on('x', (n) => console.log('on', n));
emitter.prependOnceListener('x', () => console.log('prepended once'));
emitter.emit('x', 1);
console.log(emitter.listenerCount('x'));
