// One timer of a list can cancel the next one of the same list.
setTimeout(() => {
  console.log('first');
  clearTimeout(second);
}, 5);
const second = setTimeout(() => console.log('second: never'), 5);
setTimeout(() => console.log('third'), 5);
