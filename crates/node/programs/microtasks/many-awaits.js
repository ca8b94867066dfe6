// Three workers share a queue: fair by construction.
const jobs = [1, 2, 3, 4, 5, 6, 7];
async function worker(name) {
  while (jobs.length > 0) {
    const job = jobs.shift();
    await null;
    console.log(name, 'did', job);
  }
}
Promise.all(['a', 'b', 'c'].map(worker)).then(() => console.log('all done'));
