// A file through streams, in small chunks.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const file = path.join(dir, 'a.txt');
const out = fs.createWriteStream(file);
out.write('abcdefg');
out.end('hij', () => {
  console.log('written', out.bytesWritten);
  const chunks = [];
  fs.createReadStream(file, { highWaterMark: 4, encoding: 'utf8' })
    .on('open', (fd) => console.log('open', typeof fd))
    .on('data', (chunk) => chunks.push(chunk))
    .on('end', () => console.log('end', chunks))
    .on('close', part);
});
function part() {
  console.log('close');
  fs.createReadStream(file, { start: 2, end: 4 }).on('data', (part) => console.log(String(part))).on('close', missing);
}
function missing() {
  fs.createReadStream(path.join(dir, 'nothing')).on('error', (error) => {
    console.log(error.code);
    fs.rmSync(dir, { recursive: true });
  });
}
