// An unreferenced interval beats as long as somebody else keeps the loop alive.
setInterval(() => console.log('beat'), 20).unref();
setTimeout(() => console.log('end'), 50);
