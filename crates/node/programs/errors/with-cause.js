// An uncaught error and its cause.
try {
  throw new Error('low level');
} catch (cause) {
  throw new Error('high level', { cause });
}
