// Busy code delays every timer, then they run in due order.
setTimeout(() => console.log('10 ms'), 10);
setTimeout(() => console.log('5 ms'), 5);
setTimeout(() => console.log('20 ms'), 20);
const until = Date.now() + 50;
while (Date.now() < until);
console.log('50 ms of work');
