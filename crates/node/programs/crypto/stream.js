// A hash is a stream, too.
const { createHash } = require('node:crypto');
const { Readable } = require('node:stream');
Readable.from(['a', 'b', 'c']).pipe(createHash('sha1').setEncoding('hex')).on('data', (digest) => {
  console.log(digest, digest === createHash('sha1').update('abc').digest('hex'));
});
