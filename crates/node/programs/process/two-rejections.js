// The first unhandled rejection ends the process; the second is never reported.
Promise.reject(new Error('first'));
Promise.reject(new Error('second'));
