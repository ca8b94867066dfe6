// Errors inside other things; the stack is left out.
const error = new Error('message');
error.stack = 'Error: message\n    at one (file.js:1:1)';
console.log(error);
console.log({ error });
const coded = Object.assign(new TypeError('coded'), { code: 'E_CODE', stack: 'TypeError: coded' });
console.log(coded);
class AppError extends Error { get name() { return 'AppError'; } }
const mine = new AppError('mine');
mine.stack = 'AppError: mine';
console.log([mine]);
const chained = new Error('outer', { cause: coded });
chained.stack = 'Error: outer';
console.log(chained);
const group = new AggregateError([coded], 'several');
group.stack = 'AggregateError: several';
console.log(group);
