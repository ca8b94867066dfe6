// ok and its messages.
const assert = require('node:assert');
assert(true);
assert.ok(1);
for (const check of [() => assert.ok(false, 'my message'), () => assert.equal(1, 2, 'own text'), () => assert.fail('failed'), () => assert.fail()]) {
  try {
    check();
  } catch (error) {
    console.log(error.name, error.code, error.message, error.generatedMessage);
  }
}
try {
  assert(false, new RangeError('an error of my own'));
} catch (error) {
  console.log(error.name, error.message);
}
