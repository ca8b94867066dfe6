// A rejection without any other handler arrives as an exception as well.
process.on('uncaughtException', (error, origin) => console.log(error.message, '|', origin));
Promise.reject(new Error('rejected'));
setTimeout(() => { throw new Error('thrown'); }, 5);
