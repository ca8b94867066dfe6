// An error of the engine that nobody catches.
const user = undefined;
console.log('before');
console.log(user.name);
