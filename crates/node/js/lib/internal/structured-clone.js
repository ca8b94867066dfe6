'use strict';

// structuredClone (HTML, section 2.7): copies of everything that is data, shared and circular references included.

const { DOMException } = require('internal/dom-exception');

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

function refuse(value) {
  const text = typeof value === 'function' ? Function.prototype.toString.call(value) : typeof value === 'symbol' ? String(value) : `#<${value.constructor?.name ?? 'Object'}>`;
  throw new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

function cloneOf(value, seen) {
  if (typeof value === 'symbol' || typeof value === 'function') refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const kind = host.isKind(value);
  const keep = (copy) => {
    seen.set(value, copy);
    return copy;
  };
  switch (kind) {
    case 'Date':
      return keep(new Date(Date.prototype.getTime.call(value)));
    case 'RegExp':
      return keep(new RegExp(value.source, value.flags));
    case 'BoxedPrimitive': {
      const primitive = value.valueOf();
      if (typeof primitive === 'symbol') refuse(value);
      return keep(Object(primitive));
    }
    case 'ArrayBuffer':
      return keep(ArrayBuffer.prototype.slice.call(value, 0));
    case 'SharedArrayBuffer':
      return value;
    case 'DataView':
      return keep(new DataView(cloneOf(value.buffer, seen), value.byteOffset, value.byteLength));
    case 'TypedArray': {
      const name = Object.prototype.toString.call(value).slice(8, -1);
      return keep(new globalThis[name](cloneOf(value.buffer, seen), value.byteOffset, value.length));
    }
    case 'Map': {
      const copy = keep(new Map());
      for (const [key, item] of [...Map.prototype.entries.call(value)]) copy.set(cloneOf(key, seen), cloneOf(item, seen));
      return copy;
    }
    case 'Set': {
      const copy = keep(new Set());
      for (const item of [...Set.prototype.values.call(value)]) copy.add(cloneOf(item, seen));
      return copy;
    }
    case 'Error':
      return cloneError(value, seen, keep);
    case '':
    case 'Arguments':
      break;
    default:
      refuse(value);
  }
  const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) copy[key] = cloneOf(value[key], seen);
  return copy;
}

function cloneError(error, seen, keep) {
  const copy = keep(new (ERRORS[error.name] ?? Error)(error.message));
  if (!Object.hasOwn(error, 'message')) delete copy.message;
  Object.defineProperty(copy, 'stack', { value: error.stack, writable: true, configurable: true });
  if (Object.hasOwn(error, 'cause')) {
    Object.defineProperty(copy, 'cause', { value: cloneOf(error.cause, seen), writable: true, configurable: true });
  }
  return copy;
}

/** Moves each of the `transfer` buffers: the original is left empty. */
function structuredClone(value, options) {
  if (arguments.length === 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_MISSING_ARGS('value');
  }
  const copy = cloneOf(value, new Map());
  for (const item of options?.transfer ?? []) {
    if (host.isKind(item) === 'ArrayBuffer') host.detach(item);
  }
  return copy;
}

module.exports = { structuredClone };
