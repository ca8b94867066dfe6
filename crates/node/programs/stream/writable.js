// write, callbacks, end, finish, close.
const { Writable } = require('node:stream');
const stream = new Writable({
  write(chunk, encoding, done) {
    console.log('write', String(chunk), encoding);
    process.nextTick(done);
  },
  final(done) { console.log('final'); done(); },
});
stream.on('finish', () => console.log('finish')).on('close', () => console.log('close'));
stream.write('one', () => console.log('one is written'));
stream.write('two', 'latin1');
stream.end('three', () => console.log('end callback'));
console.log('main', stream.writableEnded, stream.writableFinished);
