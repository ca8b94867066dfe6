// The executor runs at once; reactions never do.
const promise = new Promise((resolve) => {
  console.log('executor');
  resolve('value');
  console.log('after resolve');
});
promise.then((value) => console.log('then', value));
console.log('main');
