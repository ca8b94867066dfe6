// Without any handler a rejection ends the process with code 1.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('never'), 0);
Promise.reject(new Error('nobody cares'));
console.log('main');
