// newListener comes before the listener is added, removeListener after it is gone.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.on('newListener', (event, listener) => console.log('new', event, listener.name, emitter.listenerCount(event)));
emitter.on('removeListener', (event, listener) => console.log('gone', event, listener.name));
function named() {}
emitter.on('data', named);
emitter.once('data', function other() {});
emitter.off('data', named);
emitter.emit('data');
