// Rejections are looked at after the ticks and microtasks: a handler attached by then is in time.
process.on('unhandledRejection', (reason) => console.log('unhandled:', reason));
const inTime = Promise.reject('handled in a tick');
process.nextTick(() => inTime.catch((r) => console.log('caught:', r)));
const alsoInTime = Promise.reject('handled in a microtask');
Promise.resolve().then(() => alsoInTime.catch((r) => console.log('caught:', r)));
const late = Promise.reject('handled too late');
setImmediate(() => late.catch((r) => console.log('caught:', r)));
