'use strict';

/** How a callback is introduced: by its own name. */
exports.nameOf = (fn) => {
  const name = typeof fn === 'function' ? Object.getOwnPropertyDescriptor(fn, 'name')?.value : '';
  return typeof name === 'string' && name !== '' ? name : '(anonymous)';
};
