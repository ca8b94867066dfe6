// Integers without limit.
console.log(2n ** 100n, -7n / 2n, -7n % 2n, 5n > 4, 1n == 1, 1n === 1, typeof 1n, BigInt('0xff'), BigInt.asUintN(8, 257n), 10n.toString(2));
let factorial = 1n;
for (let i = 1n; i <= 25n; i++) factorial *= i;
console.log(factorial, (123n).toLocaleString === undefined, [3n, 1n, 2n].sort((a, b) => (a < b ? -1 : 1)));
