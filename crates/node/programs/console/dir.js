// dir takes inspect options; dirxml is log.
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: null });
console.dir('text');
console.dirxml({ a: 1 }, [2]);
