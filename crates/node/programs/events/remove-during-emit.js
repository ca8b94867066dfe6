// emit works on a copy: changes while it runs count from the next time on.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
const b = () => console.log('b');
const late = () => console.log('late');
emitter.on('x', () => { console.log('a'); emitter.off('x', b); emitter.on('x', late); });
emitter.on('x', b);
emitter.emit('x');
console.log('--');
emitter.removeAllListeners('x');
emitter.on('x', late);
emitter.emit('x');
