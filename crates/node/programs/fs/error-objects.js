// An error of fs as console.log shows it, in a callback and from a promise.
const fs = require('node:fs');
fs.readFile('missing.txt', (error, data) => {
  console.log(error);
  console.log(data, error instanceof Error);
  fs.promises.stat('missing.txt').catch((error) => console.log(error.message, Object.keys(error)));
});
