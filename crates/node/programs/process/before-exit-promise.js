// A promise job or a tick in beforeExit runs, and does not count as work.
process.once('beforeExit', () => {
  console.log('beforeExit');
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('promise'));
});
process.on('exit', () => console.log('exit'));
