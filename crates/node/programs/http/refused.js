// A request that nobody answers.
const http = require('node:http');
const server = http.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    http.get({ port, host: '127.0.0.1', agent: false }, () => console.log('never'))
      .on('error', (error) => console.log('error', error.code))
      .on('close', () => console.log('close'));
  });
});
