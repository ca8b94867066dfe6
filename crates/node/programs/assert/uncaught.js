// A failed assertion that nobody catches.
const assert = require('node:assert');
console.log('before');
assert.strictEqual(1 + 1, 3, 'arithmetic is broken');
