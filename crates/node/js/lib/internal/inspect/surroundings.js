'use strict';

// What `util.inspect` imports from the rest of Node: looks into values through the host, and a few small functions.

const { isNativeError } = require('internal/types');

const ALL_PROPERTIES = 0;
const ONLY_ENUMERABLE = 2;
const isIndex = (key) => /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;

/** Own keys that are no array indices. Indices come first in every object, so the search starts behind them. */
function getOwnNonIndexProperties(value, filter) {
  const keys = filter === ONLY_ENUMERABLE ? Object.keys(value) : Object.getOwnPropertyNames(value);
  const first = keys.findIndex((key) => !isIndex(key));
  const names = first < 0 ? [] : keys.slice(first);
  const symbols = Object.getOwnPropertySymbols(value).filter(
    (symbol) => filter !== ONLY_ENUMERABLE || Object.prototype.propertyIsEnumerable.call(value, symbol),
  );
  return [...names, ...symbols];
}

/** The proxy's target, or with `full` its target and handler; `undefined` for what is no proxy. */
function getProxyDetails(value, full = true) {
  const details = host.proxyDetails(value);
  if (details === undefined) return undefined;
  return full ? details : (details[0] ?? null);
}

/** Entries an iterator has left, or a weak collection holds. With `flag`, also whether they are keys and values. */
function previewEntries(value, flag) {
  const entries = host.previewEntries(value) ?? [];
  if (!flag) return entries;
  const pairs = host.givesPairs(value);
  return [pairs ? entries.flat() : entries, pairs];
}

/** Class name of an object whose prototype chain says nothing. */
function getConstructorName(value) {
  const kind = host.isKind(value);
  if (kind === 'TypedArray' || kind === 'BoxedPrimitive') return Object.prototype.toString.call(value).slice(8, -1);
  return typeof value === 'function' ? 'Function' : kind && !kind.includes(' ') && kind !== 'Arguments' ? kind : 'Object';
}

function assert(truth) {
  if (!truth) throw new Error('inspect: an internal assumption does not hold');
}

module.exports = Object.assign(assert, {
  BuiltinModule: { exists: (id) => id !== '' },
  constants: { ALL_PROPERTIES, ONLY_ENUMERABLE, kPending: 0, kRejected: 2 },
  customInspectSymbol: Symbol.for('nodejs.util.inspect.custom'),
  getConstructorName,
  getExternalValue: () => 0n,
  getOwnNonIndexProperties,
  getPromiseDetails: (promise) => host.promiseDetails(promise),
  getProxyDetails,
  isError: (value) => isNativeError(value) || value instanceof Error,
  isStackOverflowError: (error) => error instanceof RangeError && /call stack|recursion/i.test(error.message),
  join: (items, separator) => items.join(separator),
  pathToFileURL: (path) => require('url').pathToFileURL(path),
  previewEntries,
  Proxy,
  removeColors: (text) => text.replace(/\u001b\[\d\d?m/g, ''),
  get URL() {
    return require('internal/url').URL;
  },
  h: class {
    hexSlice(from, to) {
      return Array.from(this.slice(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
  },
});
