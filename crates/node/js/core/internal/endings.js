'use strict';

// How a process ends: by itself, by `process.exit`, by an error nobody takes
// (lib/internal/process/execution.js, src/node_errors.cc).

const GENERIC_ERROR = 1;
const UNSETTLED_TOP_LEVEL_AWAIT = 13;
/** The column the engine gives when it knows no better: behind the wrapper of a CommonJS file. */
const FUNCTION_START = '61';

let exitCode;
let capture = null;
let unsettledMain = false; // the main ES module waits at its top level

Object.defineProperty(process, 'exitCode', {
  configurable: true,
  enumerable: true,
  get() {
    return exitCode;
  },
  set(code) {
    if (code !== undefined && code !== null) {
      const number = typeof code === 'string' && code !== '' && Number.isInteger(Number(code)) ? Number(code) : code;
      const { codes } = require('internal/errors');
      if (typeof number !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('code', 'number', code);
      if (!Number.isInteger(number)) throw new codes.ERR_OUT_OF_RANGE('code', 'an integer', code);
    }
    exitCode = code;
  },
});

const numericCode = () => Number(exitCode ?? 0) | 0;

process.reallyExit = function reallyExit(code) {
  host.exit(Number(code ?? 0) & 255);
};

process.exit = function exit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', numericCode());
  }
  process.reallyExit(numericCode());
};

process.abort = function abort() {
  host.exit(134);
};

process.setUncaughtExceptionCaptureCallback = function setUncaughtExceptionCaptureCallback(callback) {
  capture = callback;
};
process.hasUncaughtExceptionCaptureCallback = function hasUncaughtExceptionCaptureCallback() {
  return capture !== null;
};

/** Where an error came from: the `throw`, or for a rejection the place where the error was made. */
function placeOf(error, fromPromise) {
  const thrown = fromPromise ? undefined : host.thrownAt(error);
  if (thrown !== undefined) return describe(...thrown);
  const stack = error !== null && typeof error === 'object' ? Object.getOwnPropertyDescriptor(error, 'stack')?.value ?? error.stack : '';
  for (const [, file, line, column] of String(stack).matchAll(/ \(?(?:file:\/\/)?(\/[^\s():]+):(\d+):(\d+)\)?$/gm)) {
    // Of an error it made itself the engine knows only that it was in this function; the last step knows the line.
    const last = host.lastLine();
    if (file === host.main && column === FUNCTION_START && line === '1' && last !== undefined) return describe(file, last);
    return describe(file, Number(line), host.originalColumn(file, Number(line), Number(column)));
  }
  return undefined;
}

function describe(file, line, column) {
  const sourceLine = host.sourceLine(file, line);
  if (sourceLine === undefined) return undefined;
  const isModule = file.endsWith('.mjs') || (host.isModule && file === host.main);
  const indent = sourceLine.search(/\S|$/);
  return { file: isModule ? `file://${file}` : file, line, column: column === undefined ? indent : column - 1, sourceLine };
}

/** An error in one line. */
function headline(error) {
  try {
    return String(error).split('\n')[0];
  } catch {
    return 'an error';
  }
}

/** Prints an error as the last words of a process, and ends it. */
function die(error, code, fromPromise = false) {
  const { formatUncaught } = require('internal/errors-format');
  const place = placeOf(error, fromPromise);
  host.write(2, formatUncaught(error, place));
  const line = place?.file.endsWith(host.main) ? place.line : undefined;
  host.crash((Number(code ?? exitCode ?? GENERIC_ERROR) || GENERIC_ERROR) & 255, headline(error), line);
}

/** Node's `TriggerUncaughtException`. */
function uncaught(error, fromPromise) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', error, origin);
  if (capture !== null) {
    capture(error);
  } else if (!process.emit('uncaughtException', error, origin)) {
    try {
      if (!process._exiting) {
        process._exiting = true;
        exitCode = GENERIC_ERROR;
        process.emit('exit', GENERIC_ERROR);
      }
    } catch {
      // The process is ending already.
    }
    die(error, undefined, fromPromise);
  }
  // The error skipped the end of its callback: an immediate makes sure that ticks are run before the loop sleeps.
  host.startImmediate('run the ticks left over', () => {});
}

function beforeExit() {
  process.emit('beforeExit', numericCode());
}

/** The loop has nothing left: listeners of `exit` have the last word. */
function exit() {
  if (process._exiting) return;
  process._exiting = true;
  process.emit('exit', numericCode());
}

/** … and with them done, the process is over. */
function end() {
  if (unsettledMain && exitCode === undefined) exitCode = UNSETTLED_TOP_LEVEL_AWAIT;
  host.exit(numericCode() & 255);
}

/** Follows the evaluation of the main ES module. */
function watchMain(promise) {
  unsettledMain = true;
  promise.then(
    function moduleIsDone() {
      unsettledMain = false;
    },
    function moduleFailed(error) {
      unsettledMain = false;
      uncaught(error, true);
    },
  );
}

module.exports = { uncaught, die, beforeExit, exit, end, watchMain };
