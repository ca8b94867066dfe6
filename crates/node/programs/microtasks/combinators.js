// all, allSettled, race, any.
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const fail = (ms, text) => wait(ms).then(() => { throw new Error(text); });
(async () => {
  console.log(await Promise.all([wait(20, 'a'), wait(5, 'b'), 'c']));
  console.log(await Promise.allSettled([wait(5, 'a'), fail(10, 'b')]).then((all) => all.map((one) => one.status)));
  console.log(await Promise.race([wait(30, 'slow'), wait(5, 'quick')]));
  console.log(await Promise.any([fail(5, 'x'), wait(20, 'first that works')]));
  try {
    await Promise.any([fail(1, 'x'), fail(5, 'y')]);
  } catch (error) {
    console.log(error.constructor.name, error.errors.map((e) => e.message));
  }
  try {
    await Promise.all([wait(40), fail(5, 'all fails at the first failure')]);
  } catch (error) {
    console.log(error.message);
  }
})();
