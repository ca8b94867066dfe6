// destroy: error before close, both later.
const { Readable } = require('node:stream');
const stream = new Readable({ read() {}, destroy(error, done) { console.log('destroy hook', error.message); done(error); } });
stream.on('error', (error) => console.log('error', error.message)).on('close', () => console.log('close'));
stream.destroy(new Error('enough'));
stream.destroy(new Error('ignored'));
console.log('main', stream.destroyed, stream.push('x'));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
