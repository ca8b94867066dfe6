// At most two at a time.
function limit(max) {
  let active = 0;
  const waiting = [];
  const next = () => {
    if (active === max || waiting.length === 0) return;
    active++;
    const { task, resolve } = waiting.shift();
    task().then(resolve).finally(() => { active--; next(); });
  };
  return (task) => new Promise((resolve) => { waiting.push({ task, resolve }); next(); });
}
const run = limit(2);
const job = (name, ms) => () => new Promise((resolve) => {
  console.log('start', name);
  setTimeout(() => { console.log('end', name); resolve(name); }, ms);
});
Promise.all([run(job('a', 30)), run(job('b', 60)), run(job('c', 60)), run(job('d', 60))]).then(console.log);
