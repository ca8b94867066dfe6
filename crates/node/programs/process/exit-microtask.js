// A promise job queued by an exit handler still runs when the loop has run dry by itself; after process.exit it does not.
process.on('exit', () => {
  console.log('exit');
  Promise.resolve().then(() => console.log('microtask'));
});
