// map, filter, take and toArray on a readable.
import { Readable } from 'node:stream';
console.log(await Readable.from([1, 2, 3, 4]).map((n) => n * 2).filter((n) => n > 2).toArray());
console.log(await Readable.from([1, 2, 3, 4]).take(2).toArray(), await Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0));
await Readable.from(['x', 'y']).forEach((v) => console.log(v));
