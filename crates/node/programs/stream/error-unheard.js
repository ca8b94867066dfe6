// A stream error without a listener ends the process.
const { Readable } = require('node:stream');
const stream = new Readable({ read() { this.destroy(new Error('nobody listens')); } });
stream.on('data', () => {});
console.log('main');
setTimeout(() => console.log('never'), 50);
