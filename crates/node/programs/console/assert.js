// console.assert writes to stderr and never throws.
console.assert(true, 'never');
console.assert(false);
console.assert(false, 'reason %s', 'given', { a: 1 });
console.assert(0, { object: true });
console.log('still here');
