// Chance, seen from outside.
const crypto = require('node:crypto');
const { webcrypto } = crypto;
console.log(crypto.randomBytes(8).length, crypto.randomBytes(0));
crypto.randomBytes(16, (error, bytes) => {
  console.log(error, bytes.length, bytes instanceof Buffer);
  crypto.randomFill(new Uint8Array(4), (error, filled) => console.log('filled', filled.length));
});
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
const n = crypto.randomInt(10);
console.log(Number.isInteger(n) && n >= 0 && n < 10, crypto.randomInt(5, 6));
console.log(webcrypto.getRandomValues(new Uint8Array(4)).length, globalThis.crypto === webcrypto);
