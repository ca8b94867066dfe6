'use strict';

// The globals of Node. What is large is loaded when it is first read.

const { nameOf } = require('internal/names');
const timers = require('timers');

const define = (name, value) =>
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

define('global', globalThis);
define('process', process);
for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate']) {
  Object.defineProperty(globalThis, name, { value: timers[name], writable: true, configurable: true, enumerable: true });
}

Object.defineProperty(globalThis, 'queueMicrotask', {
  value: function queueMicrotask(callback) {
    require('internal/validators').validateFunction(callback, 'callback');
    host.queueMicrotask(nameOf(callback), callback);
  },
  writable: true,
  configurable: true,
  enumerable: true,
});

// The accessor stays an accessor: the engine's inline caches do not survive one that turns itself into a value.
for (const [name, [id, member]] of Object.entries(require('internal/globals'))) {
  let value;
  let known = false;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get() {
      if (!known) {
        value = member === undefined ? require(id) : require(id)[member];
        known = true;
      }
      return value;
    },
    set(replacement) {
      value = replacement;
      known = true;
    },
  });
}
