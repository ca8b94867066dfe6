// A deprecated function warns once.
const util = require('node:util');
const old = util.deprecate((x) => x + 1, 'old() is deprecated, use new()', 'DEP0001X');
console.log(old(1), old(2));
const also = util.deprecate(() => 'also', 'also() is deprecated', 'DEP0001X');
console.log(also());
