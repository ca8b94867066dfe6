// A stream from an iterable: objects, in order, asynchronously.
const { Readable } = require('node:stream');
const stream = Readable.from(['a', 'b', { c: 1 }]);
stream.on('data', (chunk) => console.log('data', chunk));
stream.on('end', () => console.log('end'));
stream.on('close', () => console.log('close'));
process.nextTick(() => console.log('tick'));
console.log('main', stream.readableObjectMode);
