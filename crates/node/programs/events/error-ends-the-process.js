// The same in a timer: nobody catches it.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
setTimeout(() => {
  console.log('emit');
  emitter.emit('error', new Error('unheard'));
  console.log('never');
}, 1);
