// An echo server and one client.
const net = require('node:net');
const server = net.createServer((socket) => {
  console.log('server: connection');
  socket.on('data', (data) => socket.write('echo ' + data));
  socket.on('end', () => console.log('server: end'));
  socket.on('close', () => { console.log('server: close'); server.close(() => console.log('closed')); });
});
server.listen(0, '127.0.0.1', () => {
  console.log('listening', typeof server.address().port, server.address().family);
  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('hello'));
  client.setEncoding('utf8');
  client.on('data', (text) => { console.log('client:', text); client.end(); });
});
