// Different durations: the earlier due time wins, whatever was armed first.
setTimeout(() => console.log('60 ms'), 60);
setTimeout(() => console.log('30 ms'), 30);
setTimeout(() => console.log('1 ms'), 1);
console.log('armed');
