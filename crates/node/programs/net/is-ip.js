// Small helpers of net.
const net = require('node:net');
console.log(net.isIP('127.0.0.1'), net.isIP('::1'), net.isIP('localhost'), net.isIPv4('1.2.3.4'), net.isIPv6('1.2.3.4'));
console.log(new net.Socket().readyState, net.createServer().listening);
