// A slow answer, given up by a signal.
const http = require('node:http');
const server = http.createServer((request, response) => setTimeout(() => response.end('late'), 200));
server.listen(0, '127.0.0.1', () => {
  const signal = AbortSignal.timeout(30);
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false, signal }, () => console.log('never'))
    .on('error', (error) => { console.log(error.name, error.code); server.close(); });
});
