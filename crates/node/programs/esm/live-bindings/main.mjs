// An imported name is a live view of the exporting module's variable; it cannot be assigned.
import { count, increment } from './counter.mjs';
import * as all from './counter.mjs';
console.log(count);
increment();
console.log(count, all.count, Object.keys(all));
try {
  count = 5;
} catch (error) {
  console.log(error.name);
}
