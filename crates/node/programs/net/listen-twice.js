// The port is taken.
const net = require('node:net');
const first = net.createServer().listen(0, '127.0.0.1', () => {
  const second = net.createServer();
  second.on('error', (error) => { console.log(error.code, error.syscall); first.close(); });
  second.listen(first.address().port, '127.0.0.1');
  try {
    first.listen(0);
  } catch (error) {
    console.log(error.code);
  }
});
