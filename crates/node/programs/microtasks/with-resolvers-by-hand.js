// A deferred, and a mutex made of it.
class Mutex {
  #last = Promise.resolve();
  run(task) {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }
}
const mutex = new Mutex();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
mutex.run(async () => { console.log('a in'); await wait(20); console.log('a out'); });
mutex.run(async () => { console.log('b in'); throw new Error('b fails'); }).catch((e) => console.log(e.message));
mutex.run(async () => { console.log('c in'); await wait(1); console.log('c out'); });
