// for await over promises, over an async generator, and the cleanup of break.
async function* source() {
  try {
    let i = 0;
    while (true) yield i++;
  } finally {
    console.log('source closed');
  }
}
(async () => {
  for await (const v of [Promise.resolve('p'), 'plain']) console.log(v);
  for await (const v of source()) {
    console.log(v);
    if (v === 2) break;
  }
})();
