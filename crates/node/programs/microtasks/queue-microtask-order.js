// queueMicrotask and then share one queue.
queueMicrotask(() => console.log('1'));
Promise.resolve().then(() => console.log('2'));
queueMicrotask(() => {
  console.log('3');
  queueMicrotask(() => console.log('5'));
});
Promise.resolve().then(() => console.log('4'));
