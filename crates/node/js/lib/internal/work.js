'use strict';

// Requests to the thread pool that compute: made at once, delivered after a virtual duration.

/** `fn(error, result)` in the poll phase, `micros` of a thread's time later. A failure comes with its stack. */
function work(what, callback, micros, compute) {
  let result;
  let failure = null;
  host.pool(what, callback.name || what, micros, () => {
    try {
      result = compute();
    } catch (error) {
      failure = error;
    }
    if (failure) callback(failure);
    else callback(null, result);
  });
}

module.exports = { work };
