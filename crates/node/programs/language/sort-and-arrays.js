// Sorting is stable; the newer methods.
const people = [['a', 2], ['b', 1], ['c', 2], ['d', 1]];
console.log(people.sort((x, y) => x[1] - y[1]).map((p) => p[0]).join(''), [10, 9, 1].sort(), [3, undefined, 1, , 2].sort());
const list = [3, 1, 2];
console.log(list.toSorted(), list.toReversed(), list.with(0, 9), list, list.at(-1), list.findLast((n) => n < 3), list.toSpliced(1, 1));
console.log([1, [2, [3, [4]]]].flat(Infinity), [1, 2].flatMap((n) => [n, n]), Array.from({ length: 3 }, (_, i) => i), Array.of(7), [1, 2, 3].includes(NaN), [NaN].includes(NaN));
console.log(Object.entries({ b: 1, a: 2, 1: 'x' }), Object.fromEntries([['k', 1]]), [1, 2, 3].reduceRight((a, b) => a + '-' + b), Object.groupBy === undefined);
