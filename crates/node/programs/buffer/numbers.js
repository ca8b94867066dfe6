// Integers and floats, both byte orders.
const buffer = Buffer.alloc(8);
console.log(buffer.writeUInt8(255, 0), buffer.writeUInt16BE(0x1234, 1), buffer.writeInt32LE(-2, 3), buffer);
console.log(buffer.readUInt8(0), buffer.readUInt16BE(1), buffer.readUInt16LE(1), buffer.readInt32LE(3));
buffer.writeDoubleBE(Math.PI);
console.log(buffer, buffer.readDoubleBE(0), buffer.readFloatLE(0) !== 0);
buffer.writeBigUInt64LE(2n ** 64n - 1n);
console.log(buffer.readBigUInt64LE(), buffer.readBigInt64LE(), buffer.readUIntBE(0, 3), buffer.readIntLE(0, 6));
for (const bad of [() => buffer.readUInt16BE(7), () => buffer.writeUInt8(256), () => buffer.readUInt8('0')]) {
  try { bad(); } catch (error) { console.log(error.name, error.code, error.message); }
}
console.log(Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([1, 2, 3, 4]).swap32());
