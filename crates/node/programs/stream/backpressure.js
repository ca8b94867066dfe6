// write answers false when the buffer is full; drain says when to go on.
const { Writable } = require('node:stream');
const slow = new Writable({
  highWaterMark: 4,
  write(chunk, encoding, done) { setTimeout(done, 5); },
});
let n = 0;
function fill() {
  let room = true;
  while (room && n < 6) {
    room = slow.write('ab');
    console.log('write', ++n, room, slow.writableLength);
  }
  if (n < 6) slow.once('drain', () => { console.log('drain'); fill(); });
  else slow.end(() => console.log('done'));
}
fill();
