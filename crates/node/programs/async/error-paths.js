// try/catch/finally around awaits.
const fail = (text) => new Promise((_, reject) => setImmediate(reject, new Error(text)));
(async () => {
  try {
    await fail('one');
  } catch (error) {
    console.log('caught', error.message);
  } finally {
    console.log('finally');
  }
  const value = await (async () => {
    try { return 'from try'; } finally { console.log('cleanup'); }
  })();
  console.log(value);
  await fail('two').catch((error) => console.log('caught', error.message));
})();
