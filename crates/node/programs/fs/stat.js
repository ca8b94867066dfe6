// What stat tells.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const file = path.join(dir, 'a.txt');
fs.writeFileSync(file, '12345');
const stats = fs.statSync(file);
console.log(stats.isFile(), stats.isDirectory(), stats.isSymbolicLink(), stats.size);
console.log(stats.mtime instanceof Date, typeof stats.mtimeMs, typeof stats.mode, stats.constructor.name);
console.log(fs.statSync(dir).isDirectory());
fs.symlinkSync(file, path.join(dir, 'link'));
console.log(fs.lstatSync(path.join(dir, 'link')).isSymbolicLink(), fs.statSync(path.join(dir, 'link')).size);
fs.truncateSync(file, 2);
console.log(fs.statSync(file).size, fs.readFileSync(file, 'utf8'));
fs.rmSync(dir, { recursive: true });
