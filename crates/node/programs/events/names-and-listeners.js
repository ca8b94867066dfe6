// What an emitter tells about itself.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
const symbol = Symbol('s');
emitter.on('a', function one() {}).once('a', function two() {}).on(symbol, () => {});
console.log(emitter.eventNames(), emitter.listeners('a'), emitter.rawListeners('a').length);
console.log(emitter.rawListeners('a')[1].listener.name);
console.log(emitter.getMaxListeners(), EventEmitter.defaultMaxListeners);
emitter.setMaxListeners(1);
console.log(emitter.getMaxListeners());
emitter.removeAllListeners();
console.log(emitter.eventNames());
