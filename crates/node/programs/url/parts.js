// The parts of a URL, read and written.
const url = new URL('https://ada:secret@example.com:8080/a/b/../c?x=1&y=two#hash');
console.log(url);
console.log(url.href, url.origin, url.toString() === url.href, JSON.stringify({ url }));
url.pathname = '/new path';
url.port = '443';
url.hash = '';
url.searchParams.append('z', 'a b&c');
console.log(url.href);
console.log(new URL('../x?y#z', 'http://host/a/b/c').href, new URL('//other/p', 'https://h').href, URL.canParse('nope'));
try {
  new URL('no url');
} catch (error) {
  console.log(error.name, error.code, error.message, error.input);
}
