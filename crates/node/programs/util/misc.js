// Smaller helpers.
const util = require('node:util');
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), util.toUSVString('a\ud800'));
console.log(util.inspect.custom === Symbol.for('nodejs.util.inspect.custom'), util.isArray([]));
util.debuglog('nothing')('not shown');
