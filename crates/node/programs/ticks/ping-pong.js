// Ticks and microtasks in turns until both queues are empty; only then the timer.
let n = 0;
setTimeout(() => console.log('timer'), 0);
function tick() {
  console.log('tick', n);
  if (++n < 4) Promise.resolve().then(micro);
}
function micro() {
  console.log('micro', n);
  process.nextTick(tick);
}
process.nextTick(tick);
