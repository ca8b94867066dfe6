// exports is only a shorthand: assigning it does nothing.
console.log(require('./assigned'));
console.log(require('./replaced'));
console.log(require('./both'));
