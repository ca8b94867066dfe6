'use strict';

// Functions that take a callback as functions that return a promise, and back.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const custom = Symbol.for('nodejs.util.promisify.custom');

/** Names for a callback's results after the error, where there is more than one (`dns.lookup`: address, family). */
const argumentNames = Symbol('customPromisifyArgs');

function promisify(original) {
  validateFunction(original, 'original');
  if (original[custom]) {
    validateFunction(original[custom], 'util.promisify.custom');
    return Object.defineProperty(original[custom], custom, { value: original[custom], configurable: true });
  }
  const names = original[argumentNames];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [
        ...args,
        (error, ...values) => {
          if (error) reject(error);
          else if (names === undefined || values.length < 2) resolve(values[0]);
          else resolve(Object.fromEntries(names.map((name, i) => [name, values[i]])));
        },
      ]);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, custom, { value: fn, configurable: true });
  const properties = Object.getOwnPropertyDescriptors(original);
  return Object.defineProperties(fn, properties);
}
promisify.custom = custom;

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const done = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(done, null, value),
      (reason) => process.nextTick(fail, reason, done),
    );
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  return Object.defineProperties(callbackified, descriptors);
}

/** A callback cannot tell a falsy reason from success: it gets an error around it. */
function fail(reason, done) {
  if (!reason) {
    const error = new codes.ERR_FALSY_VALUE_REJECTION();
    error.reason = reason;
    reason = error;
  }
  return done(reason);
}

module.exports = { argumentNames, callbackify, promisify };
