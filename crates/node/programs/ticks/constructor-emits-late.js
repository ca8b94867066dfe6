// Why libraries emit by nextTick: the listener is not there yet.
const { EventEmitter } = require('node:events');
class Early extends EventEmitter {
  constructor() { super(); this.emit('ready', 'early'); }
}
class Late extends EventEmitter {
  constructor() { super(); process.nextTick(() => this.emit('ready', 'late')); }
}
new Early().on('ready', (who) => console.log('ready:', who));
new Late().on('ready', (who) => console.log('ready:', who));
