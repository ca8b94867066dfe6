// The derived keys, called both ways.
const crypto = require('node:crypto');
console.log(crypto.pbkdf2Sync('password', 'salt', 10, 16, 'sha256').toString('hex'));
crypto.pbkdf2('password', 'salt', 1, 20, 'sha1', (error, key) => console.log(error, key.toString('hex')));
try {
  crypto.pbkdf2('p', 's', 0, 1, 'sha1', () => {});
} catch (error) {
  console.log(error.code);
}
console.log('main');
