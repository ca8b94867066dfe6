// A Timeout turns into a number, and a number clears it.
const timer = setTimeout(() => console.log('never'), 10);
const id = +timer;
console.log(typeof id, typeof timer, id > 0);
clearTimeout(id);
const other = setTimeout(() => console.log('never'), 10);
clearTimeout(String(+other));
console.log('cleared both');
