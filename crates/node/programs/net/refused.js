// Nobody listens: ECONNREFUSED, then close.
const net = require('node:net');
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => console.log('never'));
    socket.on('error', (error) => console.log(error.code, error.syscall, error.address, error.port === port));
    socket.on('close', (hadError) => console.log('close', hadError));
  });
});
