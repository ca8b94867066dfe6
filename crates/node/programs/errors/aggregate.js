// Several errors in one.
Promise.any([Promise.reject(new Error('a')), Promise.reject(new Error('b'))]).catch((error) => {
  console.log(error.name, error.message, error.errors.length, error instanceof AggregateError);
});
const error = new AggregateError([1, 2], 'several');
console.log(error.message, error.errors);
