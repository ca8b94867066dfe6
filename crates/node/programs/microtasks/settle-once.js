// A promise is settled once; later calls are ignored.
new Promise((resolve, reject) => {
  resolve('first');
  resolve('second');
  reject(new Error('third'));
  throw new Error('fourth');
}).then(console.log, console.log);
