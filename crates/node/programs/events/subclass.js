// A class of one's own, and a chain of calls.
const EventEmitter = require('node:events');
class Account extends EventEmitter {
  #balance = 0;
  deposit(amount) {
    this.#balance += amount;
    return this.emit('change', this.#balance) ? this : this;
  }
}
new Account().on('change', (balance) => console.log('balance', balance)).deposit(50).deposit(25);
console.log(new Account() instanceof EventEmitter, EventEmitter.EventEmitter === EventEmitter);
