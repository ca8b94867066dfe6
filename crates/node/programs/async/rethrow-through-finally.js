// A rethrown error survives a finally that handles an error of its own.
async function run() {
  try {
    await Promise.reject(new Error('original'));
  } catch (error) {
    throw error;
  } finally {
    try { throw new Error('inner'); } catch (inner) { console.log('cleanup met', inner.message); }
    await null;
  }
}
run().catch((error) => console.log('outside:', error.message));
