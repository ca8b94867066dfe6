// Symbol.asyncIterator on a class.
class Countdown {
  constructor(from) { this.from = from; }
  [Symbol.asyncIterator]() {
    let n = this.from;
    return {
      next: async () => (n > 0 ? { value: n--, done: false } : { value: undefined, done: true }),
      return: async () => { console.log('closed'); return { done: true }; },
    };
  }
}
(async () => {
  for await (const n of new Countdown(3)) console.log(n);
  for await (const n of new Countdown(3)) { console.log(n); break; }
})();
