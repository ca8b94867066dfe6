// An error in the handler itself: exit code 7.
process.on('uncaughtException', () => { throw new Error('handler is broken'); });
process.on('exit', (code) => console.log('exit', code));
throw new Error('first');
