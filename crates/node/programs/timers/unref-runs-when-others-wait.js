// Unreferenced, but something else keeps the process alive long enough.
setTimeout(() => console.log('unreferenced'), 10).unref();
setTimeout(() => console.log('keeper'), 40);
