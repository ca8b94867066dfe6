// What of a stack is the same everywhere.
const error = new TypeError('message');
console.log(error.stack.split('\n')[0], typeof error.stack, Object.keys(error));
error.name = 'Renamed';
console.log(String(error), error.stack.startsWith('TypeError: message'));
const holder = {};
Error.captureStackTrace(holder);
console.log(typeof holder.stack, typeof Error.stackTraceLimit);
