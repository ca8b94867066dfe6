// An error in the body of a module.
console.log('before');
throw new Error('module failed');
