// match, doesNotMatch and ifError.
const assert = require('node:assert');
assert.match('abc', /b/);
assert.doesNotMatch('abc', /x/);
assert.ifError(null);
assert.ifError(undefined);
try { assert.match('abc', /x/); } catch (error) { console.log(error.message); }
try { assert.ifError(new Error('handed over')); } catch (error) { console.log(error.message); }
try { assert.ifError('text'); } catch (error) { console.log(error.message); }
