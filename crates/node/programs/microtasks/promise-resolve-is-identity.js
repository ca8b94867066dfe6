// Promise.resolve gives back a native promise unchanged; await does the same.
const p = Promise.resolve(1);
console.log(Promise.resolve(p) === p, new Promise((r) => r(p)) === p);
class Mine extends Promise {}
console.log(Promise.resolve(Mine.resolve(1)) instanceof Mine, Mine.resolve(p) === p);
