console.log('a 1');
process.nextTick(() => console.log('tick of a'));
Promise.resolve().then(() => console.log('promise of a'));
require('./b');
console.log('a 2');
