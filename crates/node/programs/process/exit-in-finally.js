// exit cannot be caught, and no finally runs after it.
process.on('exit', () => console.log('exit'));
try {
  try {
    process.exit(6);
  } catch {
    console.log('never: catch');
  } finally {
    console.log('never: finally');
  }
} finally {
  console.log('never: outer finally');
}
