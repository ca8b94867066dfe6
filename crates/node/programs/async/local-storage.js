// AsyncLocalStorage follows the calls through timers and promises.
const { AsyncLocalStorage } = require('node:async_hooks');
const storage = new AsyncLocalStorage();
const log = (text) => console.log(storage.getStore()?.id ?? '-', text);
for (const id of ['r1', 'r2']) {
  storage.run({ id }, async () => {
    log('start');
    await null;
    log('after await');
    setTimeout(() => log('in timer'), 5);
    process.nextTick(() => log('in tick'));
  });
}
log('outside');
