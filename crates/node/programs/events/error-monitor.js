// errorMonitor sees errors without handling them.
const { EventEmitter, errorMonitor } = require('node:events');
const emitter = new EventEmitter();
emitter.on(errorMonitor, (error) => console.log('monitor:', error.message));
try {
  emitter.emit('error', new Error('still thrown'));
} catch (error) {
  console.log('caught:', error.message);
}
