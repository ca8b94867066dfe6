// rejectionHandled: someone came after all.
process.on('unhandledRejection', (reason) => console.log('unhandled:', reason));
process.on('rejectionHandled', (promise) => console.log('handled after all:', promise === late));
const late = Promise.reject('late');
setTimeout(() => late.catch(() => console.log('caught')), 5);
