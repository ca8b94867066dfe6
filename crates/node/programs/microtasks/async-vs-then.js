// The same steps as an async function and as a chain.
async function withAwait() {
  console.log('await: start');
  await null;
  console.log('await: middle');
  await null;
  console.log('await: end');
}
function withThen() {
  console.log('then: start');
  return Promise.resolve()
    .then(() => console.log('then: middle'))
    .then(() => console.log('then: end'));
}
withAwait().then(() => console.log('await: done'));
withThen().then(() => console.log('then: done'));
