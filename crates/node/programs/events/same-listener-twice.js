// A listener added twice runs twice; one removal takes the last one added.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
const hit = () => console.log('hit');
emitter.on('x', hit).on('x', () => console.log('between')).on('x', hit);
emitter.off('x', hit);
emitter.emit('x');
console.log(emitter.listenerCount('x'), emitter.listenerCount('x', hit));
