'use strict';

// setTimeout and its family (lib/timers.js). The lists and their order are the loop's; here are the objects.

const { nameOf } = require('internal/names');

const TIMEOUT_MAX = 2 ** 31 - 1;
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const known = new Map(); // timers whose number a program has asked for

const validate = (callback) => {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
};

function runTimeout(timeout) {
  const callback = timeout._onTimeout;
  if (typeof callback !== 'function') return;
  Reflect.apply(callback, timeout, timeout._timerArgs ?? []);
}

let clearTimer;
let runImmediate;
let clearQueuedImmediate;

class Timeout {
  #number;
  #refed = true;

  constructor(callback, after, args, repeats) {
    after *= 1;
    if (!(after >= 1 && after <= TIMEOUT_MAX)) {
      if (after > TIMEOUT_MAX) {
        process.emitWarning(
          `${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
          'TimeoutOverflowWarning',
        );
      }
      after = 1;
    }
    this._idleTimeout = after;
    this._onTimeout = callback;
    this._timerArgs = args.length > 0 ? args : undefined;
    this._repeat = repeats ? after : null;
    this._destroyed = false;
    this.#number = host.startTimer(nameOf(callback), after, repeats, runTimeout, this);
  }

  static {
    clearTimer = (timeout) => {
      if (!(#number in timeout)) return;
      timeout._destroyed = true;
      timeout._onTimeout = null;
      timeout._idleTimeout = -1;
      known.delete(timeout.#number);
      host.clearTimer(timeout.#number);
    };
  }

  refresh() {
    host.refreshTimer(this.#number);
    return this;
  }

  unref() {
    if (this.#refed) {
      this.#refed = false;
      host.refTimer(this.#number, false);
    }
    return this;
  }

  ref() {
    if (!this.#refed) {
      this.#refed = true;
      host.refTimer(this.#number, true);
    }
    return this;
  }

  hasRef() {
    return this.#refed;
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    known.set(this.#number, this);
    return this.#number;
  }
}

class Immediate {
  #number;
  #refed = true;

  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args.length > 0 ? args : undefined;
    this._destroyed = false;
    this.#number = host.startImmediate(nameOf(callback), runImmediate, this);
  }

  static {
    runImmediate = (immediate) => {
      immediate._destroyed = true;
      immediate.#refed = null;
      try {
        Reflect.apply(immediate._onImmediate, immediate, immediate._argv ?? []);
      } finally {
        immediate._onImmediate = null;
      }
    };
    clearQueuedImmediate = (immediate) => {
      if (!(#number in immediate) || immediate._destroyed) return;
      immediate._destroyed = true;
      immediate._onImmediate = null;
      host.clearImmediate(immediate.#number);
    };
  }

  ref() {
    if (this.#refed === false) {
      this.#refed = true;
      host.refImmediate(this.#number, true);
    }
    return this;
  }

  unref() {
    if (this.#refed === true) {
      this.#refed = false;
      host.refImmediate(this.#number, false);
    }
    return this;
  }

  hasRef() {
    return !!this.#refed;
  }
}

function setTimeout(callback, after, ...args) {
  validate(callback);
  return new Timeout(callback, after, args, false);
}

function setInterval(callback, repeat, ...args) {
  validate(callback);
  return new Timeout(callback, repeat, args, true);
}

function clearTimeout(timer) {
  if (typeof timer === 'number' || typeof timer === 'string') timer = known.get(Number(timer));
  if (timer !== null && typeof timer === 'object') clearTimer(timer);
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function setImmediate(callback, ...args) {
  validate(callback);
  return new Immediate(callback, args);
}

function clearImmediate(immediate) {
  if (immediate !== null && typeof immediate === 'object') clearQueuedImmediate(immediate);
}

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, customPromisify, { enumerable: true, get: () => require('timers/promises')[name] });
}

module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});
