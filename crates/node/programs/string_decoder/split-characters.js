// A character that arrives in two pieces.
const { StringDecoder } = require('node:string_decoder');
const decoder = new StringDecoder('utf8');
console.log([decoder.write(Buffer.from([0xe2, 0x82])), decoder.write(Buffer.from([0xac, 0x41])), decoder.end()]);
console.log([decoder.write(Buffer.from([0xf0, 0x9f])), decoder.end()]);
const utf16 = new StringDecoder('utf16le');
console.log([utf16.write(Buffer.from([0x41])), utf16.write(Buffer.from([0x00])), utf16.end()]);
const base64 = new StringDecoder('base64');
console.log([base64.write(Buffer.from('a')), base64.write(Buffer.from('bc')), base64.end()], decoder.encoding);
