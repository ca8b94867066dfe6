// trace writes its text and the stack to stderr.
function inner() { console.trace('here %s', 'and now'); }
inner();
console.trace();
