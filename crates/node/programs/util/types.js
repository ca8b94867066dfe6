// util.types looks inside.
const { types } = require('node:util');
console.log(types.isPromise(Promise.resolve()), types.isPromise({ then() {} }));
console.log(types.isDate(new Date()), types.isRegExp(/a/), types.isMap(new Map()), types.isSet(new Set()));
console.log(types.isNativeError(new TypeError()), types.isNativeError({ name: 'Error' }));
console.log(types.isAsyncFunction(async () => {}), types.isGeneratorFunction(function* () {}));
console.log(types.isProxy(new Proxy({}, {})), types.isTypedArray(Buffer.alloc(1)), types.isUint8Array(Buffer.alloc(1)));
console.log(types.isArrayBuffer(new ArrayBuffer(1)), types.isBoxedPrimitive(Object('s')), types.isSymbolObject(Object(Symbol())));
