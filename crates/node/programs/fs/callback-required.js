// A callback is not optional.
const fs = require('node:fs');
try {
  fs.readFile('x');
} catch (error) {
  console.log(error.code, error.message);
}
try {
  fs.stat('x', 'not a function');
} catch (error) {
  console.log(error.code);
}
