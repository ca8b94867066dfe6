// Copy by pipeline, count lines by readline.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import readline from 'node:readline';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const from = path.join(dir, 'from.txt');
fs.writeFileSync(from, 'a\nb\nc\n');
await pipeline(fs.createReadStream(from), fs.createWriteStream(path.join(dir, 'to.txt')));
for await (const line of readline.createInterface({ input: fs.createReadStream(path.join(dir, 'to.txt')) })) {
  console.log('line', line);
}
fs.rmSync(dir, { recursive: true });
