// open, read, write, close by descriptor.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const file = path.join(dir, 'a.txt');
const out = fs.openSync(file, 'w');
console.log(typeof out, fs.writeSync(out, 'hello '), fs.writeSync(out, Buffer.from('world')));
fs.closeSync(out);
const input = fs.openSync(file, 'r');
const buffer = Buffer.alloc(8);
console.log(fs.readSync(input, buffer, 0, 5, 0), buffer.toString('utf8', 0, 5));
console.log(fs.readSync(input, buffer, 0, 8, 6), buffer.toString('utf8', 0, 5));
console.log(fs.readSync(input, buffer, 0, 8, 100), fs.fstatSync(input).size);
try {
  fs.writeSync(input, 'x');
} catch (error) {
  console.log(error.code);
}
fs.closeSync(input);
try {
  fs.readSync(input, buffer);
} catch (error) {
  console.log(error.code);
}
fs.rmSync(dir, { recursive: true });
