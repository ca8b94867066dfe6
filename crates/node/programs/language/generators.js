// Two-way generators and iterators.
function* talk() {
  const name = yield 'who?';
  const again = yield `hello ${name}`;
  return again;
}
const it = talk();
console.log(it.next(), it.next('ada'), it.next('bye'), it.next());
function* naturals() { let n = 0; while (true) yield n++; }
const take = (n, items) => { const out = []; for (const x of items) { if (out.length === n) break; out.push(x); } return out; };
console.log(take(5, naturals()), [...(function* () { yield* [1, 2]; yield* 'ab'; })()]);
class Tree { constructor(v, l, r) { Object.assign(this, { v, l, r }); } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
console.log([...new Tree(2, new Tree(1), new Tree(3))]);
