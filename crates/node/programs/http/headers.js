// Headers: case, lists, and what may not be set any more.
const http = require('node:http');
const server = http.createServer((request, response) => {
  console.log(request.headers['x-custom'], request.headers.host !== undefined, request.rawHeaders.includes('X-Custom'));
  response.setHeader('Set-Cookie', ['a=1', 'b=2']);
  response.setHeader('X-One', 1);
  console.log(response.getHeader('x-one'), response.hasHeader('X-ONE'), response.getHeaderNames());
  response.removeHeader('X-One');
  response.end('x');
  console.log(response.headersSent);
  try {
    response.setHeader('Too', 'late');
  } catch (error) {
    console.log(error.code);
  }
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false, headers: { 'X-Custom': 'yes' } }, (response) => {
    console.log(response.headers['set-cookie'], response.headers['x-one'], response.headers['content-length']);
    response.resume().on('end', () => server.close());
  });
});
