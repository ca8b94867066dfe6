// An async function that fails and that nobody awaits.
async function load() {
  await null;
  throw new RangeError('out of luck');
}
load();
console.log('main');
