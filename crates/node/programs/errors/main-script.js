// An error in the main script: line, source, caret, stack; nothing queued runs.
setTimeout(() => console.log('never'), 0);
process.nextTick(() => console.log('never'));
Promise.resolve().then(() => console.log('never'));
console.log('before');
throw new Error('in the main script');
