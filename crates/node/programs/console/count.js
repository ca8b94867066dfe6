// Counters by label.
console.count();
console.count();
console.count('label');
console.countReset();
console.count();
console.countReset('never counted');
