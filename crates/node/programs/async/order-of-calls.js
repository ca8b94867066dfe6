// An async function runs synchronously up to its first await.
async function load(name) {
  console.log(name, 'starts');
  await null;
  console.log(name, 'continues');
  return name;
}
console.log('before');
load('one').then((name) => console.log(name, 'is done'));
load('two');
console.log('after');
