// Functions that make functions.
const curry = (f) => function next(...args) { return args.length >= f.length ? f(...args) : (...more) => next(...args, ...more); };
const memo = (f, seen = new Map()) => (n) => { if (!seen.has(n)) seen.set(n, f(n)); return seen.get(n); };
const fib = memo((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)));
const pipe = (...fs) => (x) => fs.reduce((v, f) => f(v), x);
console.log(curry((a, b, c) => a + b + c)(1)(2, 3), fib(80), pipe((x) => x + 1, (x) => x * 2)(5));
