// A rethrown error.
function risky() {
  throw new Error('risky');
}
try {
  risky();
} catch (error) {
  console.log('caught', error.message);
  throw error;
}
