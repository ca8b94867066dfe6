// Whatever goes in comes out.
const zlib = require('node:zlib');
const text = 'to be or not to be, '.repeat(20);
for (const [pack, unpack] of [['gzipSync', 'gunzipSync'], ['deflateSync', 'inflateSync'], ['deflateRawSync', 'inflateRawSync']]) {
  const packed = zlib[pack](text);
  console.log(pack, packed.length < text.length, zlib[unpack](packed).toString() === text, packed instanceof Buffer);
}
console.log(zlib.unzipSync(zlib.gzipSync('a')).toString(), zlib.gzipSync('x').subarray(0, 2));
try {
  zlib.gunzipSync(Buffer.from('not gzip'));
} catch (error) {
  console.log(error.code, error.message);
}
