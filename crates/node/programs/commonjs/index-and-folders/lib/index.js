module.exports = 'lib/index.js, which requires ' + require('./util');
