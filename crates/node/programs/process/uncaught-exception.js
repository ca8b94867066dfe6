// An uncaughtException handler keeps the process alive.
process.on('uncaughtException', (error, origin) => {
  console.log(error.message, '|', origin);
  setTimeout(() => console.log('still alive'), 5);
});
setTimeout(() => console.log('timer'), 1);
throw new Error('main script');
