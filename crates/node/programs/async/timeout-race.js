// A deadline by Promise.race; the loser still runs.
const work = new Promise((resolve) => setTimeout(() => { console.log('work is done'); resolve('result'); }, 60));
const deadline = new Promise((_, reject) => setTimeout(reject, 20, new Error('too slow')));
Promise.race([work, deadline]).catch((error) => console.log(error.message));
