// A task that listens to its signal.
const wait = (ms, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, ms, 'finished');
  signal.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
});
const controller = new AbortController();
wait(1000, controller.signal).then(console.log, (reason) => console.log('rejected:', reason.message));
wait(5, controller.signal).then(console.log);
setTimeout(() => controller.abort(new Error('user left')), 40);
