// DOMException has a name and an old number.
const error = new DOMException('gone', 'NotFoundError');
console.log(error.name, error.code, error.message, error instanceof Error, DOMException.ABORT_ERR, String(error));
console.log(new DOMException('x').name, new DOMException('x', 'Mine').code);
