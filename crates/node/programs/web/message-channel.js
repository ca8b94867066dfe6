// Messages between two ports arrive on a later turn, in order.
const { port1, port2 } = new MessageChannel();
port2.on('message', (message) => {
  console.log('message', message);
  if (message === 'last') port2.close();
});
port1.postMessage({ copied: [1] });
port1.postMessage('last');
Promise.resolve().then(() => console.log('microtask'));
console.log('main');
