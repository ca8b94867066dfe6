// throws and doesNotThrow.
const assert = require('node:assert');
const show = (check) => {
  try { check(); console.log('passes'); } catch (error) { console.log(error.code ?? error.name, '|', error.message); }
};
const boom = () => { throw new TypeError('boom'); };
show(() => assert.throws(boom));
show(() => assert.throws(boom, TypeError));
show(() => assert.throws(boom, /boo/));
show(() => assert.throws(boom, { name: 'TypeError', message: 'boom' }));
show(() => assert.throws(boom, (error) => error instanceof Error));
show(() => assert.throws(boom, RangeError));
show(() => assert.throws(() => {}));
show(() => assert.throws(() => {}, TypeError, 'should have thrown'));
show(() => assert.doesNotThrow(() => 1));
show(() => assert.doesNotThrow(boom, 'must not'));
