// A cycle: the second one sees what the first has exported so far.
const a = require('./a');
const b = require('./b');
console.log('main', a.done, b.done);
