// `this` is the emitter in a plain function, not in an arrow.
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.on('x', function () { console.log(this === emitter); });
emitter.on('x', () => console.log(this === module.exports));
emitter.emit('x');
