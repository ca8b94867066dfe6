// After the last write has called back, finish takes one more tick.
const { Writable } = require('node:stream');
const stream = new Writable({ write(chunk, encoding, done) { done(); } });
stream.on('finish', () => console.log('finish'));
stream.write('x', () => console.log('written'));
stream.end();
process.nextTick(() => console.log('tick'));
