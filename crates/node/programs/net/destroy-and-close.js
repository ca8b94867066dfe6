// destroy emits close in the close phase, after ticks, promises and immediates.
const net = require('node:net');
const server = net.createServer((socket) => socket.on('error', () => {}).resume());
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    client.on('close', () => { console.log('close'); server.close(); });
    setImmediate(() => console.log('immediate'));
    process.nextTick(() => console.log('tick'));
    client.destroy();
    console.log('destroyed', client.destroyed);
  });
});
