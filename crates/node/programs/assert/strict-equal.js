// What a failed comparison says.
const assert = require('node:assert/strict');
const show = (check) => {
  try { check(); console.log('passes'); } catch (error) { console.log(`${error.message}\n  actual=${error.actual} expected=${error.expected} ${error.operator}`); }
};
show(() => assert.equal(1, 1));
show(() => assert.equal(1, 2));
show(() => assert.equal('a', 'b'));
show(() => assert.equal(NaN, NaN));
show(() => assert.equal(0, -0));
show(() => assert.equal(1, '1'));
show(() => assert.notEqual(1, 1));
