// An error in an exit handler.
process.on('exit', (code) => console.log('exit', code));
process.on('exit', () => { throw new Error('in exit'); });
process.on('exit', () => console.log('never'));
