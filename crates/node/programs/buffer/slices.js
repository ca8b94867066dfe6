// slice and subarray share memory; copies do not.
const buffer = Buffer.from('hello world');
const part = buffer.subarray(0, 5);
part[0] = 'J'.charCodeAt(0);
console.log(String(buffer), String(part), String(buffer.slice(-5)), buffer.subarray(3, 1).length);
console.log(String(Buffer.concat([part, Buffer.from('!'), buffer.subarray(5)])), Buffer.concat([part], 3), Buffer.concat([]));
const target = Buffer.alloc(4, '.');
console.log(buffer.copy(target, 1, 0, 2), String(target), String(buffer.fill('x', 0, 2)));
console.log([...Buffer.from('ab').entries()], [...Buffer.from('ab').keys()], Buffer.from('abc').map((b) => b + 1));
