// An unreferenced server does not keep the process alive.
const net = require('node:net');
net.createServer().listen(0, '127.0.0.1').unref();
process.on('exit', () => console.log('exit'));
