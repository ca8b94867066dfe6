// Digests of known texts.
const { createHash, getHashes } = require('node:crypto');
for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
  console.log(algorithm, createHash(algorithm).update('The quick brown fox').digest('hex'));
}
console.log(createHash('sha256').update('').digest('base64'), createHash('sha1').update('a').update('b').digest('base64url'));
console.log(createHash('md5').update(Buffer.from([1, 2, 3])).digest().length, createHash('sha256').update('é', 'utf8').digest('hex').slice(0, 8));
try {
  createHash('nonsense');
} catch (error) {
  console.log(error.message);
}
const hash = createHash('sha1').update('x');
const copy = hash.copy();
console.log(hash.digest('hex') === copy.digest('hex'));
try {
  hash.update('y');
} catch (error) {
  console.log(error.code);
}
console.log(getHashes().includes('sha256'));
