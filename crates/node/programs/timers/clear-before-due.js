// A cleared timer never runs; clearing twice, or nothing, is allowed.
const timer = setTimeout(() => console.log('never'), 10);
clearTimeout(timer);
clearTimeout(timer);
clearTimeout(undefined);
clearTimeout(null);
clearTimeout(12345);
setTimeout(() => console.log('the end'), 30);
