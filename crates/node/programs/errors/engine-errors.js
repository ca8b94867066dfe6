// The errors of the language itself: their kinds.
const kinds = [
  () => null.x, () => undefined(), () => notDefined, () => { const c = 1; c = 2; }, () => new Array(-1), () => 'x'.repeat(-1),
  () => JSON.parse('{'), () => new (class { #p; static test(o) { return o.#p; } }).constructor.test({}), () => BigInt(1.5), () => 1n + 1,
  () => Symbol() + '', () => decodeURIComponent('%'), () => { x; let x; }, () => eval('1 +'), () => [].reduce((a) => a), () => (1).toFixed(101),
  () => { 'use strict'; Object.freeze([]).push(1); }, () => new (() => {})(), () => ({}) instanceof 5, () => { for (const x of 5); },
];
for (const kind of kinds) {
  try { kind(); console.log('nothing'); } catch (error) { console.log(error.name, error instanceof Error); }
}
