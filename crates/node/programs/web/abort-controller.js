// abort is synchronous, once, with a reason.
const controller = new AbortController();
const { signal } = controller;
signal.addEventListener('abort', (event) => console.log('listener', event.type, signal.aborted));
signal.onabort = () => console.log('onabort');
console.log(signal.aborted, signal.reason);
controller.abort();
controller.abort('again');
console.log(signal.aborted, signal.reason.name, signal.reason.code, signal.reason.message);
try {
  signal.throwIfAborted();
} catch (error) {
  console.log(error.name);
}
const other = AbortSignal.abort('my reason');
console.log(other.aborted, other.reason);
