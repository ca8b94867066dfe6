// Copies of nearly everything.
const original = { date: new Date(0), map: new Map([['k', { deep: [1] }]]), set: new Set([1]), re: /x/g, bytes: new Uint8Array([1, 2]), nothing: undefined, big: 1n };
original.self = original;
const copy = structuredClone(original);
console.log(copy, copy !== original, copy.self === copy, copy.map.get('k') !== original.map.get('k'));
class Point { constructor() { this.x = 1; } get double() { return 2; } }
console.log(structuredClone(new Point()), structuredClone(new RangeError('e')) instanceof RangeError, structuredClone([1, , 3]));
for (const bad of [() => {}, Symbol('s'), { f() {} }, new WeakMap()]) {
  try {
    structuredClone(bad);
  } catch (error) {
    console.log(error.name, error.code);
  }
}
const bytes = new ArrayBuffer(4);
structuredClone(bytes, { transfer: [bytes] });
console.log(bytes.byteLength);
