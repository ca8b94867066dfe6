// From promise to callback: called on a tick of its own, a falsy reason is wrapped.
const { callbackify } = require('node:util');
callbackify(async (x) => x * 2)(21, (error, value) => console.log(error, value));
callbackify(async () => { throw new Error('no'); })((error) => console.log(error.message));
callbackify(() => Promise.reject(null))((error) => console.log(error.code, error.reason));
console.log('main');
