// A folder is its index.js, or what its package.json says.
console.log(require('./lib'));
console.log(require('./pkg'));
console.log(require('./lib/util'));
