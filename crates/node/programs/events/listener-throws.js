// A listener that throws stops the others, and the error leaves emit.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.on('x', () => console.log('one'));
emitter.on('x', () => { throw new Error('two'); });
emitter.on('x', () => console.log('never'));
try {
  emitter.emit('x');
} catch (error) {
  console.log('emit threw', error.message);
}
