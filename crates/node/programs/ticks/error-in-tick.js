// An error in a tick ends the process; nothing after it runs.
process.nextTick(() => console.log('first'));
process.nextTick(() => { throw new Error('in a tick'); });
process.nextTick(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
