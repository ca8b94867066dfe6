console.log('counter runs');
module.exports = { count: 0 };
