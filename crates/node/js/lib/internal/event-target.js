'use strict';

// EventTarget (DOM, section 2) as Node has it: no tree, so an event is only ever at its target.

const { codes } = require('internal/errors');

const customInspect = Symbol.for('nodejs.util.inspect.custom');
const kType = Symbol('type');
const kTarget = Symbol('kTarget');
const kDispatching = Symbol('dispatching');
const kStop = Symbol('stop');
const kPassive = Symbol('passive');
const kListeners = Symbol('listeners');
const kMaxListeners = Symbol('events.maxEventTargetListeners');

class Event {
  #cancelable;
  #bubbles;
  #composed;
  #prevented = false;
  #propagates = true;
  #timestamp = host.clock();

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options != null) require('internal/validators').validateObject(options, 'options');
    this.#bubbles = !!options?.bubbles;
    this.#cancelable = !!options?.cancelable;
    this.#composed = !!options?.composed;
    this[kType] = `${type}`;
    this[kTarget] = null;
    for (const key of [kType, kTarget]) Object.defineProperty(this, key, { enumerable: false });
    for (const key of [kDispatching, kStop, kPassive]) Object.defineProperty(this, key, { value: false, writable: true });
  }

  get type() {
    return this[kType];
  }
  get target() {
    return this[kTarget];
  }
  get srcElement() {
    return this[kTarget];
  }
  get currentTarget() {
    return this[kDispatching] ? this[kTarget] : null;
  }
  get bubbles() {
    return this.#bubbles;
  }
  get cancelable() {
    return this.#cancelable;
  }
  get composed() {
    return this.#composed;
  }
  get defaultPrevented() {
    return this.#cancelable && this.#prevented;
  }
  get timeStamp() {
    return this.#timestamp;
  }
  get eventPhase() {
    return this[kDispatching] ? Event.AT_TARGET : Event.NONE;
  }
  get returnValue() {
    return !this.defaultPrevented;
  }
  get cancelBubble() {
    return !this.#propagates;
  }
  set cancelBubble(value) {
    if (value) this.#propagates = false;
  }
  get isTrusted() {
    return false;
  }
  composedPath() {
    return this[kDispatching] ? [this[kTarget]] : [];
  }
  preventDefault() {
    if (!this[kPassive]) this.#prevented = true;
  }
  stopPropagation() {
    this.#propagates = false;
  }
  stopImmediatePropagation() {
    this[kStop] = true;
  }
  [customInspect](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${require('internal/inspect').inspect({ type, defaultPrevented, cancelable, timeStamp }, inner)}`;
  }
}
Object.assign(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });
Object.defineProperty(Event.prototype, Symbol.toStringTag, { value: 'Event', configurable: true });

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    super(type, options);
    this.#detail = options?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}

/** An error in a listener ends the process as an uncaught exception would: by a tick that throws. */
function report(error) {
  process.nextTick(() => {
    throw error;
  });
}

class EventTarget {
  constructor() {
    Object.defineProperty(this, kListeners, { value: new Map() });
    Object.defineProperty(this, kMaxListeners, { value: 10, writable: true });
  }

  addEventListener(type, listener, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const { once = false, capture = false, passive = false, signal } = typeof options === 'boolean' ? { capture: options } : (options ?? {});
    if (listener === null || listener === undefined) return;
    if (typeof listener !== 'function' && typeof listener !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
    }
    if (signal?.aborted) return;
    type = `${type}`;
    const list = this[kListeners].get(type) ?? [];
    if (list.some((other) => other.listener === listener && other.capture === !!capture)) return;
    list.push({ listener, once: !!once, capture: !!capture, passive: !!passive, removed: false });
    this[kListeners].set(type, list);
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
  }

  removeEventListener(type, listener, options = {}) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    const capture = typeof options === 'boolean' ? options : !!options?.capture;
    const list = this[kListeners].get(`${type}`) ?? [];
    const at = list.findIndex((other) => other.listener === listener && other.capture === capture);
    if (at < 0) return;
    list[at].removed = true;
    list.splice(at, 1);
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kDispatching]) throw new codes.ERR_EVENT_RECURSION(event.type);
    dispatch(this, event);
    return !event.defaultPrevented;
  }

  [customInspect](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${require('internal/inspect').inspect({}, inner)}`;
  }
}
for (const method of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, method, { enumerable: true });
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, { value: 'EventTarget', configurable: true });

function dispatch(target, event) {
  event[kTarget] = target;
  event[kDispatching] = true;
  for (const entry of [...(target[kListeners].get(event.type) ?? [])]) {
    if (entry.removed) continue;
    if (entry.once) target.removeEventListener(event.type, entry.listener, { capture: entry.capture });
    call(target, entry, event);
    if (event[kStop]) break;
  }
  event[kDispatching] = false;
}

function call(target, { listener, passive }, event) {
  event[kPassive] = passive;
  try {
    const result = typeof listener === 'function' ? listener.call(target, event) : listener.handleEvent(event);
    if (typeof result?.then === 'function') result.then(undefined, report);
  } catch (error) {
    report(error);
  }
  event[kPassive] = false;
}

/** Defines `on<type>`, the property that holds one listener. */
function defineHandler(prototype, type) {
  const slot = Symbol(`on${type}`);
  Object.defineProperty(prototype, `on${type}`, {
    enumerable: true,
    configurable: true,
    get() {
      return this[slot]?.handler ?? null;
    },
    set(handler) {
      if (this[slot]) this.removeEventListener(type, this[slot].listener);
      const state = { handler: typeof handler === 'function' ? handler : null, listener: undefined };
      state.listener = (event) => state.handler?.call(this, event);
      Object.defineProperty(this, slot, { value: state, configurable: true });
      if (state.handler) this.addEventListener(type, state.listener);
    },
  });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  defineHandler,
  dispatch,
  getMaxListeners: (target) => target[kMaxListeners],
  listenersOf: (target, type) => (target[kListeners]?.get(type) ?? []).map((entry) => entry.listener),
  setMaxListeners: (target, n) => (target[kMaxListeners] = n),
};
