// The last word in an exit handler is the exit code.
process.on('exit', () => { console.log('first handler'); process.exit(2); });
process.on('exit', () => console.log('second handler: never'));
