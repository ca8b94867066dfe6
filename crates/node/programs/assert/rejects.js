// The asynchronous pair.
const assert = require('node:assert');
(async () => {
  await assert.rejects(Promise.reject(new Error('no')), /no/);
  await assert.rejects(async () => { throw new TypeError('t'); }, { name: 'TypeError' });
  await assert.doesNotReject(Promise.resolve());
  try {
    await assert.rejects(Promise.resolve('fine'));
  } catch (error) {
    console.log(error.code, error.message);
  }
  console.log('done');
})();
