// More than six entries are put into columns.
console.log(Array.from({ length: 30 }, (_, i) => i * i));
console.log(Array.from({ length: 10 }, (_, i) => 'k' + i));
console.log([1.5, -2, 300, 4, 5, 6, 7]);
console.log([true, false, true, false, true, false, true]);
