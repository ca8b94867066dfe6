// await in a loop against Promise.all: the order of starts tells.
const work = (name, ms) => {
  console.log('start', name);
  return new Promise((resolve) => setTimeout(() => { console.log('end', name); resolve(); }, ms));
};
(async () => {
  for (const [name, ms] of [['a', 30], ['b', 10]]) await work(name, ms);
  await Promise.all([work('c', 40), work('d', 10)]);
})();
