// In a plain function `this` is the Timeout.
const timer = setTimeout(function () {
  console.log(this === timer, this.constructor.name);
}, 1);
setTimeout(() => {
  const immediate = setImmediate(function () {
    console.log(this === immediate, this.constructor.name);
  });
}, 30);
