// exitCode is used when the loop runs dry.
process.exitCode = 4;
process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 5;
});
