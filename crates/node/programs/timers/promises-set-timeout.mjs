// The promise flavour resolves with a value of one's choice.
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

console.log(await sleep(5, 'slept'));
console.log(await turn('turned'));
const [a, b] = await Promise.all([sleep(40, 'slow'), sleep(10, 'quick')]);
console.log(a, b);
