// import() in a CommonJS module.
console.log('main');
import('./value.mjs').then((ns) => console.log('imported', ns.value, ns.default));
process.nextTick(() => console.log('tick'));
setImmediate(() => setImmediate(() => {}));
