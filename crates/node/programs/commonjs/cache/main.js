// A module runs once; deleting it from the cache makes it run again.
const one = require('./counter');
one.count++;
const two = require('./counter.js');
console.log(one === two, two.count);
delete require.cache[require.resolve('./counter')];
const three = require('./counter');
console.log(three === one, three.count);
