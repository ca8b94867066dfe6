// require is synchronous: the order of output is the order of the calls.
console.log('main 1');
process.nextTick(() => console.log('tick of main'));
require('./a');
console.log('main 2');
