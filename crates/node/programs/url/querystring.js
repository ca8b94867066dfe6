// querystring, the oldest of all.
const qs = require('node:querystring');
console.log({ ...qs.parse('a=1&b=2&a=3&c') }, qs.stringify({ a: [1, 2], b: 'x y', c: true }), qs.escape('ä b'), qs.unescape('%C3%A4'));
