// A finally that throws replaces the outcome; one that returns a value does not.
(async () => {
  try {
    await Promise.resolve('fine').finally(() => { throw new Error('from finally'); });
  } catch (error) {
    console.log(error.message);
  }
  console.log(await Promise.resolve('kept').finally(() => 'lost'));
})();
