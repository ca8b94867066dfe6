// A rejection at the top level ends the process like an error.
process.on('exit', (code) => console.log('exit with', code));
await Promise.reject(new Error('rejected at the top'));
