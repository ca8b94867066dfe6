// An error in queueMicrotask is no rejection: it is thrown.
queueMicrotask(() => { throw new Error('in a microtask'); });
queueMicrotask(() => console.log('never'));
