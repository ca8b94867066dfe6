// Buffer sizes and states.
const { Readable, Writable, Duplex, Stream, getDefaultHighWaterMark } = require('node:stream');
console.log(getDefaultHighWaterMark(false), getDefaultHighWaterMark(true), new Readable().readableHighWaterMark, new Writable({ objectMode: true }).writableHighWaterMark);
console.log(new Duplex() instanceof Readable, new Duplex() instanceof Writable, new Readable() instanceof Stream);
const readable = new Readable({ read() {} });
console.log(readable.readableFlowing, readable.isPaused());
readable.on('data', () => {});
console.log(readable.readableFlowing);
readable.pause();
console.log(readable.readableFlowing, readable.isPaused());
