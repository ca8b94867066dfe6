// equals, compare, indexOf, includes.
const a = Buffer.from('abc');
console.log(a.equals(Buffer.from('abc')), a.equals(Buffer.from('abd')), Buffer.compare(a, Buffer.from('abd')), a.compare(Buffer.from('ab')));
console.log(a.indexOf('c'), a.indexOf(98), a.indexOf(Buffer.from('bc')), a.indexOf('x'), a.includes('ab'), Buffer.from('abab').lastIndexOf('ab'));
console.log([Buffer.from('c'), Buffer.from('a'), Buffer.from('b')].sort(Buffer.compare).map(String), a.at(-1), a.toJSON());
console.log(a.write('xy', 1), String(a), a.length, typeof a.buffer, a.byteLength, require('node:buffer').Buffer === Buffer);
