// yield* in an async generator, and errors thrown into it.
async function* inner() {
  try { yield 'a'; yield 'b'; } catch (error) { yield 'caught ' + error.message; }
}
async function* outer() { yield* inner(); yield 'end'; }
(async () => {
  const it = outer();
  console.log(await it.next());
  console.log(await it.throw(new Error('thrown in')));
  console.log(await it.next());
  console.log(await it.next());
})();
