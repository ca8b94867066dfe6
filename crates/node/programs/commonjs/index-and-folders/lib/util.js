module.exports = 'lib/util.js';
