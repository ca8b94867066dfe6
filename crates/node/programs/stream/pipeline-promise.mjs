// pipeline with generators, and stream/promises.
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
await pipeline(
  Readable.from([1, 2, 3]),
  async function* (source) { for await (const n of source) yield n * 10; },
  async function (source) { for await (const n of source) console.log(n); },
);
console.log('done');
try {
  await pipeline(Readable.from(['x']), async function* () { throw new Error('in the middle'); }, async (s) => { for await (const _ of s); });
} catch (error) {
  console.log(error.message);
}
