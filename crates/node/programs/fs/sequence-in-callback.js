// Two reads one after the other, with ticks and promises between.
const fs = require('node:fs');
fs.readFile(__filename, () => {
  console.log('first read');
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('promise'));
  fs.readFile(__filename, () => console.log('second read'));
  setImmediate(() => console.log('immediate'));
  setTimeout(() => console.log('timer'), 60);
});
