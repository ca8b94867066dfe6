// An unreferenced immediate alone does not keep the loop going.
setImmediate(() => console.log('never')).unref();
process.on('exit', () => console.log('exit'));
