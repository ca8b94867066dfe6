// setInterval as an asynchronous iterator.
import { setInterval as every } from 'node:timers/promises';

let count = 0;
for await (const value of every(5, 'beat')) {
  console.log(value, ++count);
  if (count === 3) break;
}
console.log('over');
