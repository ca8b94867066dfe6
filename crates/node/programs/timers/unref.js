// An unreferenced timer does not keep the process alive.
setTimeout(() => console.log('never: nobody waits for it'), 500).unref();
setTimeout(() => console.log('done'), 10);
