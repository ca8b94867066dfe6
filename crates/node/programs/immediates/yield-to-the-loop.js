// Long work in slices: each slice gives the timer a chance.
let slices = 0;
let timerRan = false;
setTimeout(() => { timerRan = true; }, 1);
function slice() {
  const until = Date.now() + 5;
  while (Date.now() < until);
  if (++slices < 5) setImmediate(slice);
  else console.log('slices', slices, 'timer ran meanwhile', timerRan);
}
slice();
