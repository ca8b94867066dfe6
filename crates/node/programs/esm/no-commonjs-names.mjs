// What a CommonJS module has and an ES module has not.
console.log(typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname);
console.log(this);
console.log((function () { return this; })());
console.log(import.meta.url.startsWith('file:///'), import.meta.url.split('/').pop());
console.log(typeof import.meta.resolve);
