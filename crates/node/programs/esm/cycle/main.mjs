// A cycle: functions are hoisted and work, variables are not yet initialised.
import { evenFrom } from './even.mjs';
console.log(evenFrom(10), evenFrom(7));
