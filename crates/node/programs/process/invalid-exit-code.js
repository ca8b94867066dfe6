// An exit code must be an integer.
try {
  process.exitCode = 'three';
} catch (error) {
  console.log(error.code);
}
try {
  process.exit(1.5);
} catch (error) {
  console.log(error.code);
}
process.exitCode = '8';
