// for await over a stream; break destroys it.
import { Readable } from 'node:stream';
const stream = Readable.from(['a', 'b', 'c']);
stream.on('close', () => console.log('close'));
for await (const chunk of stream) {
  console.log(chunk);
  if (chunk === 'b') break;
}
console.log('after', stream.destroyed);
const failing = new Readable({ read() { this.destroy(new Error('read failed')); } });
try {
  for await (const chunk of failing) console.log('never', chunk);
} catch (error) {
  console.log(error.message);
}
