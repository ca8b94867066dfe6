// util.promisify knows the timers.
const { promisify } = require('node:util');
const timers = require('node:timers');

console.log(timers.setTimeout === setTimeout, timers.clearInterval === clearInterval);
promisify(setTimeout)(60, 'value').then(console.log);
promisify(setImmediate)('turn').then(console.log);
