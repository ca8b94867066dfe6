// All reactions of one promise run in the order in which they were attached.
let release;
const gate = new Promise((resolve) => { release = resolve; });
gate.then(() => console.log('first'));
(async () => { await gate; console.log('second, by await'); })();
gate.then(() => console.log('third'));
setTimeout(() => {
  release();
  gate.then(() => console.log('fourth, attached after release'));
  console.log('released');
}, 5);
