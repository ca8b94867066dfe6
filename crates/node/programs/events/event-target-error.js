// An error in a listener of an EventTarget is an uncaught exception on the next tick; the others run.
process.on('uncaughtException', (error) => console.log('uncaught:', error.message));
const target = new EventTarget();
target.addEventListener('x', () => { throw new Error('in listener'); });
target.addEventListener('x', () => console.log('second'));
target.dispatchEvent(new Event('x'));
console.log('after dispatch');
