// A server, a request, an answer.
const http = require('node:http');
const server = http.createServer((request, response) => {
  console.log(request.method, request.url, request.httpVersion);
  response.writeHead(200, { 'Content-Type': 'text/plain', 'X-Answer': '42' });
  response.end('hello');
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/greet?x=1', agent: false }, (response) => {
    console.log(response.statusCode, response.statusMessage, response.headers['content-type'], response.headers['x-answer']);
    response.setEncoding('utf8');
    response.on('data', (text) => console.log('body', text));
    response.on('end', () => { console.log('end', response.complete); server.close(); });
  });
});
