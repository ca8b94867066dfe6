// TextEncoder and TextDecoder.
const { TextEncoder: E } = require('node:util');
console.log(E === TextEncoder, new TextEncoder().encode('é€😀'));
console.log(new TextDecoder().decode(new Uint8Array([0xe2, 0x82, 0xac])), new TextDecoder('utf-16le').decode(new Uint8Array([65, 0])));
const decoder = new TextDecoder();
console.log(decoder.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + decoder.decode(new Uint8Array([0xac])));
try {
  new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255]));
} catch (error) {
  console.log(error.name, error.code);
}
console.log(new TextEncoder().encodeInto('abc', new Uint8Array(2)));
