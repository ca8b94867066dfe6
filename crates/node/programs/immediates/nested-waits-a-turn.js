// An immediate queued by an immediate waits for the next turn of the loop.
setImmediate(() => {
  console.log('turn 1, a');
  setImmediate(() => {
    console.log('turn 2');
    setImmediate(() => console.log('turn 3'));
  });
});
setImmediate(() => console.log('turn 1, b'));
