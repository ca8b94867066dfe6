// Ticks that a failed callback left behind run at the beginning of the check phase, before its immediates.
process.on('uncaughtException', (error) => console.log('caught', error.message));
require('node:fs').stat('.', () => {
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('promise'));
  throw new Error('in a callback');
});
