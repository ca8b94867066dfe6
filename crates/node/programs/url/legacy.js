// The old API, and files.
const url = require('node:url');
const parsed = url.parse('http://user@host.com:80/p/a?query=1#h', true);
console.log(parsed.host, parsed.hostname, parsed.port, parsed.pathname, parsed.search, { ...parsed.query }, parsed.hash, parsed.auth);
console.log(url.format({ protocol: 'https', host: 'a.b', pathname: '/x', query: { q: 1 } }), url.resolve('/one/two', 'three'));
console.log(url.fileURLToPath('file:///tmp/a%20b.txt'), url.pathToFileURL('/tmp/a b#.txt').href);
console.log(url.URL === URL);
