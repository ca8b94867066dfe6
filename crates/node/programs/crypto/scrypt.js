// scrypt with a small cost.
const crypto = require('node:crypto');
console.log(crypto.scryptSync('password', 'salt', 16, { N: 16 }).toString('hex'));
crypto.scrypt('password', 'NaCl', 16, { N: 16, r: 8, p: 2 }, (error, key) => console.log(error, key.toString('base64')));
