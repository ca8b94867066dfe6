// setUncaughtExceptionCaptureCallback takes precedence over the event.
process.on('uncaughtException', () => console.log('never'));
process.setUncaughtExceptionCaptureCallback((error) => console.log('captured', error.message));
console.log(process.hasUncaughtExceptionCaptureCallback());
setTimeout(() => { throw new Error('boom'); }, 1);
