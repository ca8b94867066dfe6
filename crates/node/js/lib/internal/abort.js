'use strict';

// AbortController and AbortSignal (DOM, section 3).

const { codes } = require('internal/errors');
const { DOMException } = require('internal/dom-exception');
const { Event, EventTarget, defineHandler, dispatch } = require('internal/event-target');

const customInspect = Symbol.for('nodejs.util.inspect.custom');
const kMake = Symbol('make');
const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kDependants = Symbol('dependants');

const abortError = () => new DOMException('This operation was aborted', 'AbortError');

class AbortSignal extends EventTarget {
  constructor(key) {
    if (key !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    Object.defineProperty(this, kAborted, { value: false, writable: true });
    Object.defineProperty(this, kReason, { value: undefined, writable: true });
    Object.defineProperty(this, kDependants, { value: [] });
  }

  get aborted() {
    return this[kAborted];
  }
  get reason() {
    return this[kReason];
  }
  throwIfAborted() {
    if (this[kAborted]) throw this[kReason];
  }

  static abort(reason = abortError()) {
    const signal = new AbortSignal(kMake);
    signal[kAborted] = true;
    signal[kReason] = reason;
    return signal;
  }

  /** Fires after `delay` milliseconds; its timer does not keep the process alive. */
  static timeout(delay) {
    require('internal/validators').validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kMake);
    const timer = setTimeout(() => {
      abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    return signal;
  }

  static any(signals) {
    const result = new AbortSignal(kMake);
    for (const source of signals) {
      if (source.aborted) return AbortSignal.abort(source.reason);
    }
    for (const source of signals) source[kDependants].push(result);
    return result;
  }

  [customInspect](depth, options) {
    return inspected(this, { aborted: this.aborted }, depth, options);
  }
}
for (const key of ['aborted', 'reason', 'throwIfAborted']) Object.defineProperty(AbortSignal.prototype, key, { enumerable: true });
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { value: 'AbortSignal', configurable: true });
defineHandler(AbortSignal.prototype, 'abort');

function abort(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  dispatch(signal, new Event('abort'));
  for (const dependant of signal[kDependants]) abort(dependant, reason);
}

class AbortController {
  #signal = new AbortSignal(kMake);

  get signal() {
    return this.#signal;
  }
  abort(reason = abortError()) {
    abort(this.#signal, reason);
  }
  [customInspect](depth, options) {
    return inspected(this, { signal: this.signal }, depth, options);
  }
}
for (const key of ['signal', 'abort']) Object.defineProperty(AbortController.prototype, key, { enumerable: true });
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { value: 'AbortController', configurable: true });

function inspected(object, fields, depth, options) {
  if (depth < 0) return object.constructor.name;
  const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${object.constructor.name} ${require('internal/inspect').inspect(fields, inner)}`;
}

module.exports = { AbortController, AbortSignal };
