// Copy a file by pipeline.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const from = path.join(dir, 'from.txt');
fs.writeFileSync(from, 'a\nb\nc\n');
await pipeline(fs.createReadStream(from), fs.createWriteStream(path.join(dir, 'to.txt')));
for await (const chunk of fs.createReadStream(path.join(dir, 'to.txt'), 'utf8')) {
  console.log(chunk.split('\n'));
}
fs.rmSync(dir, { recursive: true });
