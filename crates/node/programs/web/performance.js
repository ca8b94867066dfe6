// performance.now goes forwards, in milliseconds with fractions.
const start = performance.now();
console.log(typeof start, start > 0, typeof performance.timeOrigin);
setTimeout(() => {
  const took = performance.now() - start;
  console.log(took >= 19 && took < 500);
}, 20);
const mark = performance.mark('m');
console.log(mark.name, mark.entryType, performance.getEntriesByName('m').length);
console.log(require('node:perf_hooks').performance === performance);
