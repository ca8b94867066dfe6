// Pool work with callbacks and promises.
const zlib = require('node:zlib');
const { promisify } = require('node:util');
zlib.gzip('hello', (error, packed) => {
  console.log('gzip', error, Buffer.isBuffer(packed));
  zlib.gunzip(packed, (error, text) => {
    console.log('gunzip', error, String(text));
    promisify(zlib.deflate)('again').then(promisify(zlib.inflate)).then((text) => {
      console.log(String(text));
      zlib.inflate(Buffer.from('junk'), (error) => console.log(error.code));
    });
  });
});
console.log('main');
