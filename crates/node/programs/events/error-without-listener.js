// An error event that nobody listens to is thrown.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
try {
  emitter.emit('error', new Error('thrown by emit'));
} catch (error) {
  console.log(error.message);
}
try {
  emitter.emit('error', 'text');
} catch (error) {
  console.log(error.code, error.message, error.context);
}
emitter.on('error', (error) => console.log('heard', error.message));
emitter.emit('error', new Error('with a listener'));
