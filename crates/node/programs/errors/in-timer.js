// An error in a timer ends the process there.
setTimeout(() => console.log('one'), 1);
setTimeout(() => {
  throw new Error('in a timer');
}, 1);
setTimeout(() => console.log('never'), 1);
