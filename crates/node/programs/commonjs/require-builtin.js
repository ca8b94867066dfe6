// `fs` and `node:fs` are one module.
console.log(require('fs') === require('node:fs'));
console.log(require('fs/promises') === require('fs').promises);
console.log(require('timers/promises') === require('node:timers').promises);
const { builtinModules, isBuiltin } = require('node:module');
console.log(builtinModules.includes('events'), isBuiltin('node:net'), isBuiltin('left-pad'));
