// A tick must be a function.
try {
  process.nextTick('not a function');
} catch (error) {
  console.log(error.code, error.message);
}
try {
  queueMicrotask(null);
} catch (error) {
  console.log(error.code, error.message);
}
