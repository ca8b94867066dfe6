// Try again, each time after twice the wait.
async function retry(task, attempts, wait) {
  for (let i = 1; ; i++) {
    try {
      return await task(i);
    } catch (error) {
      console.log(`attempt ${i}: ${error.message}`);
      if (i === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait *= 2;
    }
  }
}
retry(async (i) => { if (i < 3) throw new Error('busy'); return 'ok'; }, 5, 5).then(console.log);
retry(async () => { throw new Error('down'); }, 2, 40).catch((error) => console.log('gave up:', error.message));
