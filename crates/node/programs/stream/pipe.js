// pipe respects the slower side; unpipe ends it.
const { Readable, Writable } = require('node:stream');
const source = Readable.from(['a', 'b', 'c', 'd']);
const sink = new Writable({
  objectMode: true,
  highWaterMark: 1,
  write(chunk, encoding, done) { console.log('sink', chunk); setImmediate(done); },
});
sink.on('pipe', (from) => console.log('pipe', from === source));
sink.on('unpipe', () => console.log('unpipe'));
sink.on('finish', () => console.log('finish'));
console.log(source.pipe(sink) === sink);
