// beforeExit comes each time the loop runs dry; with work in it the loop goes on.
let n = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, n);
  if (n++ < 2) setTimeout(() => console.log('more work'), 1);
});
process.on('exit', () => console.log('exit'));
