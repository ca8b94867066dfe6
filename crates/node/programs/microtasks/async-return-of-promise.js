// Returning a promise from an async function costs three ticks, a plain value one.
const steps = (name) => {
  let p = Promise.resolve();
  for (let i = 1; i <= 5; i++) p = p.then(() => console.log(name, i));
};
steps('clock');
(async () => 'plain')().then((v) => console.log('->', v));
(async () => Promise.resolve('promise'))().then((v) => console.log('->', v));
