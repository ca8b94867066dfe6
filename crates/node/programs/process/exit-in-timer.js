// exit in the middle of a timer list.
setTimeout(() => console.log('one'), 5);
setTimeout(() => { console.log('two'); process.exit(); console.log('never'); }, 5);
setTimeout(() => console.log('never'), 5);
