// Compression in a pipeline.
const zlib = require('node:zlib');
const { Readable, pipeline } = require('node:stream');
const source = Readable.from(['one ', 'two ', 'three']);
const chunks = [];
const end = zlib.createGunzip();
end.on('data', (chunk) => chunks.push(chunk));
pipeline(source, zlib.createGzip(), end, (error) => console.log(error, String(Buffer.concat(chunks))));
