// Node has no zero delay: 0 becomes 1, so 1, 0 and nothing at all are the same list.
setTimeout(() => console.log('one'), 1);
setTimeout(() => console.log('zero'), 0);
setTimeout(() => console.log('none'));
setTimeout(() => console.log('negative'), -5);
setTimeout(() => console.log('fraction'), 0.7);
