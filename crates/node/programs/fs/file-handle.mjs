// A FileHandle.
import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const dir = await mkdtemp(join(tmpdir(), 'programs-'));
const handle = await open(join(dir, 'a.txt'), 'w+');
console.log(typeof handle.fd, (await handle.write('hello')).bytesWritten);
const { bytesRead, buffer } = await handle.read(Buffer.alloc(3), 0, 3, 1);
console.log(bytesRead, String(buffer), (await handle.stat()).size);
await handle.writeFile('!!');
await handle.close();
console.log(handle.fd);
await rm(dir, { recursive: true });
