// readFile is several requests: it comes back turns later, after an immediate.
const fs = require('node:fs');
fs.readFile(__filename, () => console.log('file'));
setImmediate(() => console.log('immediate'));
process.nextTick(() => console.log('tick'));
console.log('main');
