// process.exit leaves at once: not even a promise job of an exit handler runs.
process.on('exit', () => {
  console.log('exit');
  Promise.resolve().then(() => console.log('never'));
});
process.exit();
