// From callback to promise.
const { promisify } = require('node:util');
const divide = (a, b, callback) => process.nextTick(() => (b === 0 ? callback(new RangeError('by zero')) : callback(null, a / b)));
const dividePromise = promisify(divide);
dividePromise(6, 3).then(console.log);
dividePromise(1, 0).catch((error) => console.log(error.name, error.message));
function custom() {}
custom[promisify.custom] = () => Promise.resolve('custom');
promisify(custom)().then(console.log);
console.log(promisify(custom) === custom[promisify.custom], dividePromise.name, dividePromise.length);
try {
  promisify('text');
} catch (error) {
  console.log(error.code);
}
