// Well-known symbols and registries.
const range = { from: 1, to: 3, *[Symbol.iterator]() { for (let n = this.from; n <= this.to; n++) yield n; } };
console.log([...range], Math.max(...range), Symbol.for('k') === Symbol.for('k'), Symbol('d').description, Symbol.keyFor(Symbol.for('k')));
const money = { [Symbol.toPrimitive](hint) { return hint === 'string' ? 'money' : 42; } };
console.log(`${money}`, +money, money + 1, typeof Symbol.asyncIterator, Object.prototype.toString.call({ [Symbol.toStringTag]: 'Mine' }));
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
console.log(2 instanceof Even, 3 instanceof Even);
