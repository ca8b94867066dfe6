// Tables of http.
const http = require('node:http');
console.log(http.STATUS_CODES[404], http.STATUS_CODES[418], http.METHODS.includes('GET'), http.METHODS.includes('PATCH'));
try {
  http.request({ method: 'B@D' });
} catch (error) {
  console.log(error.code, error.name);
}
