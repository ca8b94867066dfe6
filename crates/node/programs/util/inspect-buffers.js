// Bytes and typed arrays.
console.log(Buffer.from('hello'), Buffer.alloc(0), [Buffer.from([255])]);
console.log(new Uint8Array([1, 2, 3]), new Float64Array([0.5, -0]), new BigInt64Array([1n]));
console.log(new ArrayBuffer(4), new DataView(new ArrayBuffer(2)));
console.log(Buffer.alloc(60, 'a'));
