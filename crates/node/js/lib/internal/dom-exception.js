'use strict';

const NAMES = {
  IndexSizeError: 1, HierarchyRequestError: 3, InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9,
  InvalidStateError: 11, SyntaxError: 12, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
  NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23,
  InvalidNodeTypeError: 24, DataCloneError: 25,
};

/** The error class of the web's APIs: named by its instance, numbered for old names. */
class DOMException extends Error {
  #name;

  constructor(message = '', options = 'Error') {
    super(message);
    delete this.message;
    this.#message = `${message}`;
    this.#name = typeof options === 'object' && options !== null ? `${options.name ?? 'Error'}` : `${options}`;
    if (typeof options === 'object' && options !== null && 'cause' in options) {
      Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true });
    }
    const stack = `DOMException [${this.#name}]: ${message}${framesOf(this.stack)}`;
    Object.defineProperty(this, 'stack', { value: stack, configurable: true, writable: true });
  }
  #message;

  get name() {
    return this.#name;
  }
  get message() {
    return this.#message;
  }
  get code() {
    return NAMES[this.#name] ?? 0;
  }
}

function framesOf(stack) {
  const at = typeof stack === 'string' ? stack.indexOf('\n    at ') : -1;
  return at < 0 ? '' : stack.slice(at);
}

for (const key of ['name', 'message', 'code']) {
  Object.defineProperty(DOMException.prototype, key, { enumerable: true });
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
for (const [name, code] of Object.entries(NAMES)) {
  const constant = `${name.replace(/Error$/, '').replace(/\B([A-Z])(?=[a-z])/g, '_$1').toUpperCase()}_ERR`;
  Object.defineProperty(DOMException, constant, { value: code, enumerable: true });
}

module.exports = { DOMException };
