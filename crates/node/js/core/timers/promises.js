'use strict';

// Timers as promises (lib/timers/promises.js).

const timers = require('timers');

const abortError = (signal) => {
  const { AbortError } = require('internal/errors');
  return new AbortError(undefined, { cause: signal.reason });
};

/** A promise that `start` settles, unless the signal aborts it first: then `stop` undoes what `start` returned. */
function cancellable(signal, start, stop) {
  if (signal?.aborted) return Promise.reject(abortError(signal));
  let abort;
  const promise = new Promise((resolve, reject) => {
    const started = start(resolve);
    if (signal === undefined) return;
    abort = () => {
      stop(started);
      reject(abortError(signal));
    };
    signal.addEventListener('abort', abort);
  });
  if (abort === undefined) return promise;
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

function setTimeout(after, value, { signal, ref = true } = {}) {
  const start = (resolve) => {
    const timeout = timers.setTimeout(function resolveTimeout() {
      resolve(value);
    }, after);
    return ref ? timeout : timeout.unref();
  };
  return cancellable(signal, start, timers.clearTimeout);
}

function setImmediate(value, { signal, ref = true } = {}) {
  const start = (resolve) => {
    const immediate = timers.setImmediate(function resolveImmediate() {
      resolve(value);
    });
    return ref ? immediate : immediate.unref();
  };
  return cancellable(signal, start, timers.clearImmediate);
}

async function* setInterval(after, value, { signal, ref = true } = {}) {
  if (signal?.aborted) throw abortError(signal);
  let missed = 0;
  let wake;
  let fail;
  const interval = timers.setInterval(function tick() {
    missed++;
    wake?.();
    wake = undefined;
  }, after);
  if (!ref) interval.unref();
  const abort = () => {
    timers.clearInterval(interval);
    fail?.(abortError(signal));
    fail = undefined;
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    while (!signal?.aborted) {
      if (missed === 0) {
        await new Promise((resolve, reject) => {
          wake = resolve;
          fail = reject;
        });
      }
      for (; missed > 0; missed--) yield value;
    }
    throw abortError(signal);
  } finally {
    timers.clearInterval(interval);
    signal?.removeEventListener('abort', abort);
  }
}

module.exports = {
  setTimeout,
  setImmediate,
  setInterval,
  scheduler: { wait: (delay, options) => setTimeout(delay, undefined, options), yield: () => setImmediate() },
};
