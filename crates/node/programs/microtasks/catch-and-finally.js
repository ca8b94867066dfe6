// catch, finally and then behind a rejection: each costs its tick.
Promise.reject(new Error('no'))
  .then(() => console.log('skipped'))
  .catch((error) => { console.log('caught', error.message); return 'recovered'; })
  .finally(() => console.log('finally'))
  .then((value) => console.log('then', value));
Promise.resolve('x').finally(() => 'ignored').then(console.log);
Promise.resolve().then(() => console.log('1')).then(() => console.log('2')).then(() => console.log('3')).then(() => console.log('4'));
