// A failed readFileSync that nobody catches.
const fs = require('node:fs');
console.log('before');
fs.readFileSync('config.json', 'utf8');
