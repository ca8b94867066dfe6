// A name that does not exist.
console.log('before');
missingFunction();
