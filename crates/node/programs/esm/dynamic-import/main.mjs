// import() loads once and answers with the namespace.
console.log('start');
const first = await import('./lazy.mjs');
const second = await import('./lazy.mjs');
console.log(first === second, first.default, first.value);
import('./missing.mjs').catch((error) => console.log(error.code));
