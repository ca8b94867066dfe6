console.log('b');
setTimeout(() => console.log('timer of b'), 0);
