// ref, unref and hasRef; each returns what a chain needs.
const timer = setTimeout(() => console.log('ran'), 5);
console.log(timer.hasRef());
console.log(timer.unref() === timer, timer.hasRef());
console.log(timer.ref() === timer, timer.hasRef());
const immediate = setImmediate(() => console.log('never'));
console.log(immediate.hasRef(), immediate.unref().hasRef());
clearTimeout(timer);
