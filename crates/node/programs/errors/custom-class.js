// An error of one's own class.
class ValidationError extends Error {
  constructor(field) {
    super(`${field} is invalid`);
    this.name = 'ValidationError';
    this.field = field;
  }
}
console.log(String(new ValidationError('age')), new ValidationError('age') instanceof Error);
throw new ValidationError('name');
