// Holes, extra keys, arguments, dates and regular expressions.
console.log([1, , 3], [, ,], Object.assign([1], { extra: true }), new Array(3));
console.log((function () { return arguments; })(1, 'b'));
console.log(new Date(0), [new Date(86400000)], new Date(NaN), /re+/gi, [/x/]);
console.log({ a: 1n, b: [undefined, null] }, [[]], [{}], {});
console.log(globalThis.constructor === Object, Object.freeze({ frozen: 1 }), new Object(), Object(1));
