// clearTimeout and clearInterval do the same thing.
const endless = setInterval(() => console.log('beat'), 30);
setTimeout(() => clearTimeout(endless), 75);
const never = setTimeout(() => console.log('never'), 30);
clearInterval(never);
