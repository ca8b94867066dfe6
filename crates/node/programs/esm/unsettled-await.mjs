// A top-level await that nothing will ever settle: exit code 13.
process.on('exit', (code) => console.log('exit with', code));
console.log('waiting');
await new Promise(() => {});
console.log('never');
