'use strict';

/** Makes `child` a subclass of `parent`, the way it was done before there were classes. */
module.exports = function inherits(child, parent) {
  if (!parent) return;
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(child.prototype, parent.prototype);
};
