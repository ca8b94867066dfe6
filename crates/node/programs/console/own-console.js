// A Console on streams of one's own.
const { Console } = require('node:console');
const { Writable } = require('node:stream');
const lines = [];
const stream = new Writable({ write(chunk, encoding, done) { lines.push(String(chunk)); done(); } });
const own = new Console({ stdout: stream, stderr: stream });
own.log('one', { two: 2 });
own.error('three');
console.log(lines, console instanceof Console, typeof console.Console);
