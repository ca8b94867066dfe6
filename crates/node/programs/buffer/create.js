// alloc, from, of.
console.log(Buffer.alloc(3), Buffer.alloc(5, 'ab'), Buffer.from([1, 256, -1]), Buffer.from('é'));
console.log(Buffer.from('ff00', 'hex'), Buffer.from('aGk=', 'base64'), Buffer.from('aGk', 'base64url'), Buffer.from('é', 'latin1'), Buffer.from('hi', 'utf16le'));
const copy = Buffer.from(Buffer.from('abc'));
copy[0] = 0x7a;
console.log(String(copy), Buffer.allocUnsafe(4).length, Buffer.from(new Uint16Array([1, 2])), Buffer.from(new ArrayBuffer(2)));
console.log(Buffer.from({ type: 'Buffer', data: [104, 105] }).toString(), Buffer.isBuffer(copy), copy instanceof Uint8Array);
for (const bad of [() => Buffer.from(5), () => Buffer.from(null), () => Buffer.alloc('3'), () => new Buffer.alloc(-1)]) {
  try {
    bad();
  } catch (error) {
    console.log(error.code ?? error.name);
  }
}
