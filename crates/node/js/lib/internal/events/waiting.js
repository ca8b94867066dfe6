'use strict';

// Events as promises and async iterators: `events.once`, `events.on`, and what they share with EventTarget.

require('internal/dispose');

const { AbortError, codes } = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');

const isEmitter = (target) => typeof target?.on === 'function';
const isTarget = (target) => typeof target?.addEventListener === 'function';

function listen(target, name, listener, once = false) {
  if (isEmitter(target)) {
    if (once) target.once(name, listener);
    else target.on(name, listener);
  } else if (isTarget(target)) {
    target.addEventListener(name, listener, { once });
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', target);
  }
}

function unlisten(target, name, listener) {
  if (typeof target.removeListener === 'function') target.removeListener(name, listener);
  else target.removeEventListener(name, listener);
}

/** The promise behind `events.once`. */
function next(emitter, name, signal) {
  return new Promise((resolve, reject) => {
    const onError = (error) => {
      emitter.removeListener(name, onEvent);
      if (signal) unlisten(signal, 'abort', onAbort);
      reject(error);
    };
    const onEvent = (...args) => {
      if (isEmitter(emitter)) emitter.removeListener('error', onError);
      if (signal) unlisten(signal, 'abort', onAbort);
      resolve(args);
    };
    const onAbort = () => {
      unlisten(emitter, name, onEvent);
      unlisten(emitter, 'error', onError);
      reject(new AbortError(undefined, { cause: signal.reason }));
    };
    listen(emitter, name, onEvent, true);
    // An EventTarget gives 'error' no meaning of its own.
    if (name !== 'error' && isEmitter(emitter)) emitter.once('error', onError);
    if (signal) listen(signal, 'abort', onAbort, true);
  });
}

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

/** `events.on`: every occurrence of `name` as an item of an async iterator that buffers what nobody has asked for. */
function on(emitter, name, options = {}) {
  const { signal, close = [] } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const events = [];
  const waiting = [];
  const listening = [];
  let failure = null;
  let finished = false;

  const onEvent = (...args) => {
    if (waiting.length === 0) events.push(args);
    else waiting.shift().resolve({ value: args, done: false });
  };
  const onError = (error) => {
    if (waiting.length === 0) failure = error;
    else waiting.shift().reject(error);
    finish();
  };
  const onAbort = () => onError(new AbortError(undefined, { cause: signal.reason }));
  const finish = () => {
    for (const [target, event, listener] of listening.splice(0)) unlisten(target, event, listener);
    finished = true;
    const done = { value: undefined, done: true };
    while (waiting.length > 0) waiting.shift().resolve(done);
    return Promise.resolve(done);
  };
  const start = (target, event, listener) => {
    listen(target, event, listener);
    listening.push([target, event, listener]);
  };

  start(emitter, name, onEvent);
  if (name !== 'error' && isEmitter(emitter)) start(emitter, 'error', onError);
  for (const event of close) start(emitter, event, finish);
  if (signal) start(signal, 'abort', onAbort);

  return Object.setPrototypeOf(
    {
      next() {
        if (events.length > 0) return Promise.resolve({ value: events.shift(), done: false });
        if (failure) {
          const rejected = Promise.reject(failure);
          failure = null;
          return rejected;
        }
        if (finished) return finish();
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
      return: () => finish(),
      throw(error) {
        if (!(error instanceof Error)) throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
        onError(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
    AsyncIteratorPrototype,
  );
}

/** Runs `listener` when `signal` fires, or by `queueMicrotask` when it has. */
function addAbortListener(signal, listener) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  const remove = () => signal.removeEventListener('abort', listener);
  return { [Symbol.dispose]: remove };
}

function getEventListeners(target, type) {
  if (typeof target.listeners === 'function') return target.listeners(type);
  return require('internal/event-target').listenersOf(target, type);
}

function getMaxListeners(target) {
  if (typeof target?.getMaxListeners === 'function') return target.getMaxListeners();
  return require('internal/event-target').getMaxListeners(target);
}

function setMaxListeners(target, n) {
  require('internal/event-target').setMaxListeners(target, n);
}

module.exports = { addAbortListener, getEventListeners, getMaxListeners, next, on, setMaxListeners };
