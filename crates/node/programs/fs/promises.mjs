// The same with promises.
import { mkdtemp, writeFile, readFile, appendFile, readdir, stat, copyFile, unlink, rmdir, access, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const dir = await mkdtemp(join(tmpdir(), 'programs-'));
const file = join(dir, 'a.txt');
console.log(await writeFile(file, 'one'));
await appendFile(file, ' two');
console.log(await readFile(file, 'utf8'), (await stat(file)).size);
await copyFile(file, join(dir, 'b.txt'));
await mkdir(join(dir, 'deep', 'er'), { recursive: true });
console.log(await readdir(dir));
console.log((await readdir(dir, { withFileTypes: true })).map((entry) => [entry.name, entry.isDirectory(), entry.isFile()]));
console.log(await access(file));
await unlink(file);
try {
  await access(file);
} catch (error) {
  console.log(error.code, error.syscall);
}
try {
  await rmdir(dir);
} catch (error) {
  console.log(error.code);
}
const { rm } = await import('node:fs/promises');
await rm(dir, { recursive: true });
