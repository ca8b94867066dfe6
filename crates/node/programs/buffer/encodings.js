// Text out of bytes.
const buffer = Buffer.from('Grüße, 世界 😀');
for (const encoding of ['utf8', 'hex', 'base64', 'base64url']) console.log(encoding, buffer.toString(encoding));
for (const encoding of ['latin1', 'ascii']) console.log(encoding, JSON.stringify(buffer.toString(encoding)));
console.log(buffer.length, buffer.toString('utf8', 0, 3), Buffer.byteLength('世界'), Buffer.byteLength('abc', 'utf16le'));
console.log(Buffer.from([0xff, 0x41]).toString(), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('nope'));
console.log(JSON.stringify(Buffer.from('ok')), Buffer.from('0x1', 'hex'), Buffer.from('abc', 'hex'));
try {
  buffer.toString('nope');
} catch (error) {
  console.log(error.code, error.message);
}
