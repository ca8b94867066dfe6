// readable and read(): the consumer pulls.
const { Readable } = require('node:stream');
const stream = new Readable({ read() {} });
stream.push('abcdef');
stream.push('ghi');
stream.push(null);
stream.on('readable', () => {
  let chunk;
  while ((chunk = stream.read(4)) !== null) console.log('read', String(chunk));
});
stream.on('end', () => console.log('end'));
