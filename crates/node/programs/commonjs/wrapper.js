// The five names of the module wrapper.
const path = require('path');
console.log(path.basename(__filename), path.dirname(__filename) === __dirname);
console.log(module.exports === exports, this === exports, require.main === module);
console.log(module.id, path.basename(module.filename), module.loaded, module.children.length);
console.log(arguments.length, typeof arguments[1]);
console.log(path.basename(require.resolve('./wrapper')), require.resolve('fs'));
setImmediate(() => console.log('loaded', module.loaded));
