// try, catch, finally and return.
function f() {
  try { console.log('try'); return 'from try'; } finally { console.log('finally'); }
}
function g() { try { throw 1; } catch { return 'from catch'; } finally { return 'from finally'; } }
function* h() { try { yield 1; yield 2; } finally { console.log('generator closed'); } }
console.log(f(), g());
for (const x of h()) { console.log(x); break; }
outer: for (let i = 0; i < 3; i++) {
  try { if (i === 1) continue outer; console.log('i', i); } finally { console.log('f', i); }
}
