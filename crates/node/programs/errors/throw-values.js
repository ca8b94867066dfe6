// Anything can be thrown.
process.on('uncaughtException', (value, origin) => console.log('uncaught', value, origin));
setTimeout(() => { throw 'text'; }, 1);
setTimeout(() => { throw { code: 7 }; }, 10);
setTimeout(() => { throw undefined; }, 20);
setTimeout(() => { throw null; }, 30);
