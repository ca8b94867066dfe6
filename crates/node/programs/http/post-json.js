// A JSON body there and back.
const http = require('node:http');
const server = http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { a, b } = JSON.parse(body);
  response.setHeader('Content-Type', 'application/json');
  response.statusCode = 201;
  response.end(JSON.stringify({ sum: a + b, type: request.headers['content-type'] }));
});
server.listen(0, '127.0.0.1', () => {
  const request = http.request(
    { port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false, headers: { 'Content-Type': 'application/json' } },
    async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      console.log(response.statusCode, response.statusMessage, JSON.parse(body));
      server.close();
    },
  );
  request.write('{"a": 1, ');
  request.end('"b": 2}');
});
