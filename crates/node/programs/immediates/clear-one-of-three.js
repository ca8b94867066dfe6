// A waiting immediate can be cleared, by the main script or by another immediate.
const a = setImmediate(() => console.log('a: never'));
setImmediate(() => {
  console.log('b');
  clearImmediate(c);
});
const c = setImmediate(() => console.log('c: never'));
setImmediate(() => console.log('d'));
clearImmediate(a);
clearImmediate(a);
