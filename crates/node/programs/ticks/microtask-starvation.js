// Microtasks starve the loop just as well.
setImmediate(() => console.log('immediate'));
let count = 0;
function again() {
  if (++count < 1000) return Promise.resolve().then(again);
  console.log('microtasks done:', count);
}
Promise.resolve().then(again);
