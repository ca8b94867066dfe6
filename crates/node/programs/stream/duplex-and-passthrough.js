// PassThrough, Duplex and cork.
const { PassThrough, Duplex, Writable } = require('node:stream');
const pass = new PassThrough();
pass.on('data', (d) => console.log('pass', String(d)));
pass.write('1');
pass.end('2');
const duplex = new Duplex({ read() { this.push('from read'); this.push(null); }, write(c, e, done) { console.log('to write:', String(c)); done(); } });
duplex.on('data', (d) => console.log(String(d)));
duplex.end('hello');
const corked = new Writable({ writev(chunks, done) { console.log('writev', chunks.map((c) => String(c.chunk))); done(); }, write(c, e, done) { console.log('write', String(c)); done(); } });
corked.cork();
corked.write('a');
corked.write('b');
process.nextTick(() => corked.uncork());
