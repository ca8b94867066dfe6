// close of a server without connections; closing twice is an error.
const net = require('node:net');
const server = net.createServer();
server.on('close', () => console.log('close event'));
server.listen(0, '127.0.0.1', () => {
  server.close((error) => console.log('callback', error));
  process.nextTick(() => console.log('tick'));
  server.close((error) => console.log('again', error.code));
  console.log(server.listening);
});
