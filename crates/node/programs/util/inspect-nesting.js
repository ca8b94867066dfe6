// Depth, width and length limits.
console.log({ a: { b: { c: { d: 1 } } } });
console.log([[[[1]]]], [[[[]]]], { a: { b: { c: {} } } });
console.log(Array.from({ length: 120 }, (_, i) => i));
console.log(Array.from({ length: 7 }, (_, i) => 'item number ' + i));
console.log({ first: 'a long value that takes room', second: 'another long value', third: 'and a third one, longer' });
console.log({ list: [{ id: 1, tags: ['a', 'b'] }, { id: 2, tags: [] }], ok: true });
console.log(['short', 'list']);
console.log({ text: 'x'.repeat(200) }.text.length, ['y'.repeat(100)]);
