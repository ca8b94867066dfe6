// hrtime counts nanoseconds; it never goes back.
const start = process.hrtime();
const big = process.hrtime.bigint();
console.log(start.length, typeof start[0], typeof big);
setTimeout(() => {
  const [s, ns] = process.hrtime(start);
  console.log(s, ns >= 19e6 && ns < 5e8);
  const ms = Number(process.hrtime.bigint() - big) / 1e6;
  console.log(ms >= 19 && ms < 500);
}, 20);
