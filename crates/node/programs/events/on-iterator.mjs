// events.on makes an asynchronous iterator; nothing is lost while the loop is busy.
import { EventEmitter, on } from 'node:events';
const emitter = new EventEmitter();
setTimeout(() => { for (const n of [1, 2, 3]) emitter.emit('n', n); }, 5);
for await (const [n] of on(emitter, 'n')) {
  console.log(n);
  await null;
  if (n === 3) break;
}
console.log(emitter.listenerCount('n'));
