// A small router: status codes and headers.
const http = require('node:http');
const routes = {
  '/': (response) => response.end('home'),
  '/old': (response) => { response.writeHead(302, { Location: '/' }); response.end(); },
  '/empty': (response) => { response.statusCode = 204; response.end(); },
};
const server = http.createServer((request, response) => {
  const route = routes[request.url];
  if (route) return route(response);
  response.writeHead(404, 'Nothing Here');
  response.end('not found');
});
const get = (path) => new Promise((resolve) => {
  http.get({ port: server.address().port, host: '127.0.0.1', path, agent: false }, (response) => {
    let body = '';
    response.on('data', (chunk) => { body += chunk; });
    response.on('end', () => resolve([response.statusCode, response.statusMessage, response.headers.location, body]));
  });
});
server.listen(0, '127.0.0.1', async () => {
  for (const path of ['/', '/old', '/empty', '/nothing']) console.log(path, await get(path));
  server.close();
});
