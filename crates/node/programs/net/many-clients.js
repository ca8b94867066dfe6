// Three clients, one after the other by chain.
const net = require('node:net');
let count = 0;
const server = net.createServer((socket) => socket.end(`you are number ${++count}`));
const ask = (port) => new Promise((resolve) => {
  let text = '';
  net.connect(port, '127.0.0.1').on('data', (d) => { text += d; }).on('close', () => resolve(text));
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (let i = 0; i < 3; i++) console.log(await ask(port));
  server.close();
});
