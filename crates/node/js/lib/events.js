'use strict';

// EventEmitter as Node 20 has it. The fields are Node's, because programs see them when they print an emitter.

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateNumber } = require('internal/validators');

const kCapture = Symbol('kCapture');
const kShapeMode = Symbol('shapeMode');
const errorMonitor = Symbol('events.errorMonitor');
const captureRejectionSymbol = Symbol.for('nodejs.rejection');

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function (options) {
  // A subclass that calls the constructor twice keeps its listeners; one that inherited a prototype's does not.
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  this[kShapeMode] ??= false;
  this[kCapture] = options?.captureRejections ? Boolean(options.captureRejections) : EventEmitter.prototype[kCapture];
};

function checkListener(listener) {
  if (typeof listener !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

const limitOf = (emitter) => emitter._maxListeners ?? defaultMaxListeners;

function warnOfLeak(emitter, type, list) {
  list.warned = true;
  const { inspect } = require('internal/inspect');
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners added to ` +
      `${inspect(emitter, { depth: -1 })}. MaxListeners is ${limitOf(emitter)}. ` +
      'Use emitter.setMaxListeners() to increase limit',
  );
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = list.length;
  process.emitWarning(warning);
}

function add(emitter, type, listener, first) {
  checkListener(listener);
  if (emitter._events === undefined) {
    emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else if (emitter._events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
  }
  const events = emitter._events;
  const present = events[type];
  if (present === undefined) {
    events[type] = listener;
    emitter._eventsCount += 1;
    return emitter;
  }
  const list = typeof present === 'function' ? (events[type] = [present]) : present;
  if (first) list.unshift(listener);
  else list.push(listener);
  const limit = limitOf(emitter);
  if (limit > 0 && list.length > limit && !list.warned) warnOfLeak(emitter, type, list);
  return emitter;
}

function onceWrapper() {
  if (this.fired) return undefined;
  this.target.removeListener(this.type, this.wrapped);
  this.fired = true;
  return arguments.length === 0 ? this.listener.call(this.target) : this.listener.apply(this.target, arguments);
}

/** A listener that removes itself before it runs `listener`. */
function wrapOnce(target, type, listener) {
  checkListener(listener);
  const state = { fired: false, wrapped: undefined, target, type, listener };
  state.wrapped = onceWrapper.bind(state);
  state.wrapped.listener = listener;
  return state.wrapped;
}

/** Sends the rejection of a listener's promise to the emitter, where `captureRejections` is on. */
function catchRejection(emitter, result, type, args) {
  if (!emitter[kCapture] || typeof result?.then !== 'function') return;
  result.then(undefined, (error) => process.nextTick(reportRejection, emitter, error, type, args));
}

function reportRejection(emitter, error, type, args) {
  if (typeof emitter[captureRejectionSymbol] === 'function') {
    emitter[captureRejectionSymbol](error, type, ...args);
    return;
  }
  // A listener of 'error' that rejects must not be asked again.
  const capture = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = capture;
  }
}

/** What `emit('error')` throws when nobody listens. */
function unhandled(emitter, value) {
  if (value instanceof Error) return require('internal/errors-format').markEmitted(value, emitter);
  let text;
  try {
    text = require('internal/inspect').inspect(value);
  } catch {
    text = value;
  }
  const error = new codes.ERR_UNHANDLED_ERROR(text);
  error.context = value;
  return error;
}

function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
    if (events?.error === undefined) throw unhandled(this, args[0]);
  }
  const present = events?.[type];
  if (present === undefined) return false;
  if (typeof present === 'function') {
    const result = Reflect.apply(present, this, args);
    if (result !== undefined) catchRejection(this, result, type, args);
    return true;
  }
  // A copy: listeners added or removed meanwhile count from the next time on.
  for (const listener of present.slice()) {
    const result = Reflect.apply(listener, this, args);
    if (result !== undefined) catchRejection(this, result, type, args);
  }
  return true;
}

function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  const present = events?.[type];
  if (present === undefined) return this;
  if (typeof present === 'function') {
    if (present !== listener && present.listener !== listener) return this;
    this._eventsCount -= 1;
    if (this[kShapeMode]) events[type] = undefined;
    else if (this._eventsCount === 0) this._events = { __proto__: null };
    else delete events[type];
    if (events.removeListener) this.emit('removeListener', type, present.listener || listener);
    return this;
  }
  const at = present.findLastIndex((other) => other === listener || other.listener === listener);
  if (at < 0) return this;
  present.splice(at, 1);
  if (present.length === 1) events[type] = present[0];
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  return this;
}

function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      this._eventsCount -= 1;
      if (this._eventsCount === 0) this._events = { __proto__: null };
      else delete events[type];
    }
    return this;
  }
  // Somebody wants to hear of every one that goes.
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    return this;
  }
  for (const listener of listOf(this, type).reverse()) this.removeListener(type, listener);
  return this;
}

/** The listeners of `type` as added, wrappers of `once` included. */
function listOf(emitter, type) {
  const present = emitter._events?.[type];
  if (present === undefined) return [];
  return typeof present === 'function' ? [present] : present.slice();
}

function listenerCount(type, listener) {
  const list = listOf(this, type);
  return listener == null ? list.length : list.filter((other) => other === listener || other.listener === listener).length;
}

const methods = {
  setMaxListeners: function setMaxListeners(n) {
    validateNumber(n, 'setMaxListeners', 0);
    this._maxListeners = n;
    return this;
  },
  getMaxListeners: function getMaxListeners() {
    return limitOf(this);
  },
  emit: host.quickEmit === undefined ? emit : host.quickEmit(emit, catchRejection),
  addListener: function addListener(type, listener) {
    return add(this, type, listener, false);
  },
  on: undefined,
  prependListener: function prependListener(type, listener) {
    return add(this, type, listener, true);
  },
  once: function once(type, listener) {
    return this.on(type, wrapOnce(this, type, listener));
  },
  prependOnceListener: function prependOnceListener(type, listener) {
    return this.prependListener(type, wrapOnce(this, type, listener));
  },
  removeListener,
  off: removeListener,
  removeAllListeners,
  listeners: function listeners(type) {
    return listOf(this, type).map((listener) => listener.listener ?? listener);
  },
  rawListeners: function rawListeners(type) {
    return listOf(this, type);
  },
  listenerCount,
  eventNames: function eventNames() {
    return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
  },
};
methods.on = methods.addListener;
Object.assign(EventEmitter.prototype, methods);

const lazily = (name) => (...args) => require('internal/events/waiting')[name](...args);

/** Resolves with the arguments of the next `name`. An async function around a promise: that costs Node three microtasks. */
async function once(emitter, name, options = {}) {
  const signal = options?.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return require('internal/events/waiting').next(emitter, name, signal);
}

module.exports = EventEmitter;
Object.assign(EventEmitter, {
  addAbortListener: lazily('addAbortListener'),
  once,
  on: lazily('on'),
  getEventListeners: lazily('getEventListeners'),
  getMaxListeners: lazily('getMaxListeners'),
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol,
  errorMonitor,
  setMaxListeners(n = defaultMaxListeners, ...targets) {
    validateNumber(n, 'setMaxListeners', 0);
    if (targets.length === 0) defaultMaxListeners = n;
    for (const target of targets) {
      if (typeof target.setMaxListeners === 'function') target.setMaxListeners(n);
      else require('internal/events/waiting').setMaxListeners(target, n);
    }
  },
  listenerCount: (emitter, type) => emitter.listenerCount(type),
});
Object.defineProperties(EventEmitter, {
  captureRejections: {
    enumerable: true,
    get: () => EventEmitter.prototype[kCapture],
    set: (value) => (EventEmitter.prototype[kCapture] = value),
  },
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(value) {
      validateNumber(value, 'defaultMaxListeners', 0);
      defaultMaxListeners = value;
    },
  },
});
