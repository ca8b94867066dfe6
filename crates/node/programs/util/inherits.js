// The old way to inherit.
const util = require('node:util');
const { EventEmitter } = require('node:events');
function Door() { EventEmitter.call(this); }
util.inherits(Door, EventEmitter);
Door.prototype.open = function () { this.emit('open', 'door'); };
const door = new Door();
door.on('open', (what) => console.log('open', what));
door.open();
console.log(Door.super_ === EventEmitter, door instanceof EventEmitter, door.constructor.name);
