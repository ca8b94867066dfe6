// In an I/O callback: ticks, then microtasks, then the check phase.
require('node:fs').stat('.', () => {
  setImmediate(() => console.log('immediate'));
  Promise.resolve().then(() => console.log('microtask'));
  process.nextTick(() => console.log('tick'));
  console.log('callback');
});
