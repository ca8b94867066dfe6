// Writing after the end is an error.
const { Writable } = require('node:stream');
const stream = new Writable({ write(c, e, done) { done(); } });
stream.on('error', (error) => console.log('event', error.code));
stream.end('last');
stream.write('too late', (error) => console.log('callback', error.code));
try {
  stream.write(null);
} catch (error) {
  console.log('thrown', error.code);
}
