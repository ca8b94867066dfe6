// localhost, asked both ways.
const dns = require('node:dns');
dns.lookup('localhost', { family: 4 }, (error, address, family) => {
  console.log(error, address, family);
  dns.lookup('127.0.0.1', (error, address, family) => {
    console.log(error, address, family);
    dns.promises.lookup('localhost', { family: 4, all: true }).then(console.log);
  });
});
console.log('main');
