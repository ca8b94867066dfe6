console.log('old runs');
exports.greet = (who) => `hello, ${who}`;
exports.version = 1;
