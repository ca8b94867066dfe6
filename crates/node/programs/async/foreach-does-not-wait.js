// forEach ignores the promises that its callback returns.
(async () => {
  [1, 2].forEach(async (n) => { await null; console.log('forEach', n); });
  console.log('after forEach');
  for (const n of [1, 2]) { await null; console.log('for', n); }
  console.log('after for');
})();
