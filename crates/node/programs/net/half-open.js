// end() closes one direction; the server answers before it closes its own.
const net = require('node:net');
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => socket.end(text.toUpperCase()));
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.end('shout');
  client.on('data', (data) => console.log(String(data)));
  client.on('end', () => console.log('end'));
  client.on('close', () => { console.log('close'); server.close(); });
});
