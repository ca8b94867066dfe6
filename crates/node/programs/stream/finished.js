// finished tells how a stream ended.
const { finished, Readable, Writable } = require('node:stream');
const good = Readable.from(['a']);
finished(good, (error) => console.log('good', error));
good.resume();
const bad = new Writable({ write(c, e, done) { done(new Error('disk full')); } });
finished(bad, (error) => console.log('bad', error.message));
bad.write('x');
const cut = new Readable({ read() {} });
finished(cut, (error) => console.log('cut', error.code));
setTimeout(() => cut.destroy(), 30);
