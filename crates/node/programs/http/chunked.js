// A body in parts: chunked, until end.
const http = require('node:http');
const server = http.createServer((request, response) => {
  response.write('part 1;');
  setTimeout(() => response.write('part 2;'), 30);
  setTimeout(() => response.end('part 3'), 60);
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => {
    console.log(response.headers['transfer-encoding'], response.headers['content-length']);
    response.on('data', (chunk) => console.log('chunk', String(chunk)));
    response.on('end', () => { console.log('end'); server.close(); });
  });
});
