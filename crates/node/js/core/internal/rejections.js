'use strict';

// Promises that were rejected and that nobody handled (lib/internal/process/promises.js).

const known = new WeakMap();
let pending = new Map();
let lateHandled = [];
let count = 0;

/** Only errors are thrown as they are; anything else is put into an error that says so. */
const isErrorLike = (value) => typeof value === 'object' && value !== null && (host.isKind(value) === 'Error' || Object.hasOwn(value, 'stack'));

/** The host's HostPromiseRejectionTracker: rejected, without a handler. */
function rejected(promise, line) {
  const [, reason] = host.promiseDetails(promise);
  pending.set(promise, { reason, line, id: ++count, warned: false });
  host.setRejectionToWarn(true);
}

/** … and: a handler was added after all. */
function handled(promise) {
  if (pending.delete(promise)) return;
  const info = known.get(promise);
  if (info === undefined) return;
  known.delete(promise);
  if (info.warned) {
    lateHandled.push({ promise, id: info.id });
    host.setRejectionToWarn(true);
  }
}

function warnLate({ promise, id }) {
  if (process.emit('rejectionHandled', promise)) return;
  const warning = new Error(`Promise rejection was handled asynchronously (rejection id: ${id})`);
  warning.name = 'PromiseRejectionHandledWarning';
  warning.id = id;
  process.emitWarning(warning);
}

/** After ticks and microtasks are done; true when there may be more of them now. */
function processRejections() {
  if (pending.size === 0 && lateHandled.length === 0) return false;
  let more = lateHandled.length > 0;
  while (lateHandled.length > 0) warnLate(lateHandled.shift());
  const batch = pending;
  pending = new Map();
  for (const [promise, info] of batch) {
    known.set(promise, info);
    info.warned = true;
    more = true;
    if (process.emit('unhandledRejection', info.reason, promise)) continue;
    const { rejectionError } = require('internal/errors-format');
    const error = isErrorLike(info.reason) ? info.reason : rejectionError(info.reason);
    require('internal/endings').uncaught(error, true);
  }
  return more || pending.size > 0;
}

module.exports = { rejected, handled, processRejections };
