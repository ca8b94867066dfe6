// events.once waits for one event; an error event rejects.
const { EventEmitter, once } = require('node:events');
const emitter = new EventEmitter();
(async () => {
  process.nextTick(() => emitter.emit('ready', 1, 2));
  console.log(await once(emitter, 'ready'));
  process.nextTick(() => emitter.emit('error', new Error('broken')));
  try {
    await once(emitter, 'ready');
  } catch (error) {
    console.log(error.message);
  }
  process.nextTick(() => emitter.emit('error', new Error('wanted')));
  const [error] = await once(emitter, 'error');
  console.log('got', error.message, emitter.listenerCount('error'));
})();
