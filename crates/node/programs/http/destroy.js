// The client hangs up: the server hears it, the client gets an error.
const http = require('node:http');
const server = http.createServer((request, response) => {
  response.on('close', () => { console.log('server: close, finished', response.writableFinished); server.close(); });
  client.destroy();
});
let client;
server.listen(0, '127.0.0.1', () => {
  client = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  client.on('error', (error) => console.log('client:', error.code, error.message));
});
