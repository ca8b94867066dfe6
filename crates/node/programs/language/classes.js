// Fields, private names, accessors, statics.
class Counter {
  static #made = 0;
  static get made() { return Counter.#made; }
  #count = 0;
  step = 1;
  constructor() { Counter.#made++; }
  get value() { return this.#count; }
  set value(n) { if (n < 0) throw new RangeError('negative'); this.#count = n; }
  up = () => { this.#count += this.step; return this; };
  static { this.ready = true; }
  has(o) { return #count in o; }
}
const counter = new Counter();
console.log(counter.up().up().value, Counter.made, Counter.ready, counter.has(counter), counter.has({}));
try { counter.value = -1; } catch (error) { console.log(error.message); }
class Double extends Counter { step = 2; get value() { return super.value * 10; } set value(n) { super.value = n; } }
console.log(new Double().up().value, counter);
