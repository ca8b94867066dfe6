// Objects that describe themselves.
const { inspect } = require('node:util');
class Money {
  constructor(cents) { this.cents = cents; }
  [inspect.custom](depth, options, inspectFn) {
    return depth < 0 ? '[Money]' : `Money<${inspectFn(this.cents / 100, options)}>`;
  }
}
console.log(new Money(250), { price: new Money(99) }, [[[[new Money(1)]]]]);
console.log({ [inspect.custom]: () => ({ replaced: true }) });
console.log(`${inspect(new Money(5))}`);
