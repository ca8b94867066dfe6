'use strict';

// What the npm package assert takes from packages that bring old engines up to date, from an engine that is.

const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);

/** `Array.prototype.slice` as a function of the array, by that name. */
const callBound = (name) => uncurryThis(name.split('.').reduce((object, key) => object[key], globalThis));

module.exports = { assign: () => Object.assign, is: Object.is, isPolyfill: () => Object.is, isNaN: Number.isNaN, callBound };
