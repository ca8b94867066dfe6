// Write, append, read, with and without an encoding.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const file = path.join(dir, 'a.txt');
fs.writeFileSync(file, 'one\n');
fs.appendFileSync(file, 'two\n');
console.log(fs.readFileSync(file, 'utf8'));
console.log(fs.readFileSync(file));
console.log(fs.existsSync(file), fs.existsSync(path.join(dir, 'b.txt')));
fs.writeFileSync(file, Buffer.from('bytes'));
console.log(fs.readFileSync(file, { encoding: 'latin1' }), fs.readFileSync(file, 'base64'));
fs.writeFileSync(file, 'flag a', { flag: 'a' });
console.log(String(fs.readFileSync(file)));
fs.rmSync(dir, { recursive: true });
console.log(fs.existsSync(dir));
