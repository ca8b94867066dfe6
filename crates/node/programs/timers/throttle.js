// A throttle: at most one call per window.
function throttle(fn, window) {
  let open = true;
  return (...args) => {
    if (!open) return;
    open = false;
    fn(...args);
    setTimeout(() => { open = true; }, window);
  };
}
const report = throttle((n) => console.log('report', n), 100);
let n = 0;
const interval = setInterval(() => {
  report(n++);
  if (n === 4) clearInterval(interval);
}, 60);
report('first');
