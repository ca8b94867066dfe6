// The iterator ends with an AbortError.
import { EventEmitter, on } from 'node:events';
const emitter = new EventEmitter();
const controller = new AbortController();
setTimeout(() => emitter.emit('n', 'one'), 5);
setTimeout(() => controller.abort(), 30);
try {
  for await (const [n] of on(emitter, 'n', { signal: controller.signal })) console.log(n);
} catch (error) {
  console.log(error.name, error.code);
}
