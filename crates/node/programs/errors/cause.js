// Error.cause as a property.
const error = new Error('outer', { cause: new Error('inner') });
console.log(error.cause.message, 'cause' in new Error('x'), Object.keys(error), Object.hasOwn(error, 'cause'));
let depth = 0;
for (let e = new Error('a', { cause: new Error('b', { cause: 'c' }) }); e?.cause; e = e.cause) depth++;
console.log(depth);
