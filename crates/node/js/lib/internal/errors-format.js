'use strict';

// The last words of a process: what Node 20 writes to stderr about an error nobody handled.

const VERSION = 'Node.js v20.20.2';
const HINT = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';

/** Under this key `emit('error')` leaves on the error where it was emitted. */
const emittedAt = Symbol('emitted at');

const isError = (value) => host.isKind(value) === 'Error' || value instanceof Error;

function inspect(value) {
  return require('internal/inspect').inspect(value);
}

/** `file:line`, the source line and a caret below `column`. Lines count from 1, columns from 0. */
function placeOf({ file, line, column = 0, sourceLine = '' }) {
  if (file === undefined || line === undefined) return '';
  return `${file}:${line}\n${sourceLine}\n${' '.repeat(Math.max(0, column))}^\n`;
}

/** The place inside Node from which Node itself throws. */
const inside = (module, source) => `node:${module}\n${source}\n      ^\n`;

/**
 * What stderr gets when `error` ends the process. `place` is where it was thrown; `undefined` when that was inside Node.
 * Anything can be thrown: what is no error has no stack, and a primitive only a hint at where one would find it.
 */
function formatUncaught(error, place = {}) {
  if (typeof error !== 'object' && typeof error !== 'function') {
    const text = typeof error === 'symbol' ? '' : String(error);
    return `\n${placeOf(place)}${text}\n${HINT}\n\n${VERSION}\n`;
  }
  if (error === null) return `\n${placeOf(place)}null\n${HINT}\n\n${VERSION}\n`;
  if (!isError(error)) return `\n${placeOf(place)}${textOf(error)}\n\n${VERSION}\n`;
  let where = placeOf(place);
  if (error[emittedAt] !== undefined) where = inside('events:502', "      throw er; // Unhandled 'error' event");
  else if (error instanceof UnhandledPromiseRejection) where = REJECTED;
  else if (where === '' || isOurs(error)) where = inside('internal/process/execution:1', '      throw error;');
  return `${where}\n${textOf(error)}\n\n${VERSION}\n`;
}

/** Whether Node itself threw it: an error with a code in its name, or a system call's that came with a stack. */
function isOurs(error) {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  if (/^\w+ \[ERR_\w+\]/.test(stack)) return true;
  return typeof error.syscall === 'string' && typeof error.errno === 'number' && stack.includes('\n    at ');
}

const REJECTED = inside('internal/process/promises:389', '      new UnhandledPromiseRejection(reason);');

/** An error as `console.error` shows it, and where it was emitted if it was. */
function textOf(error) {
  try {
    const emitted = error[emittedAt];
    if (emitted !== undefined && typeof error.stack === 'string') {
      Object.defineProperty(error, 'stack', { value: error.stack + emitted, writable: true, configurable: true });
    }
    return inspect(error);
  } catch {
    return String(error);
  }
}

/** What stands for a rejection nobody handled whose reason is no error. */
class UnhandledPromiseRejection extends Error {
  constructor(reason) {
    super(
      'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
        `promise which was not handled with .catch(). The promise rejected with the reason "${describe(reason)}".`,
    );
    this.code = 'ERR_UNHANDLED_REJECTION';
  }
}
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', { value: 'UnhandledPromiseRejection', writable: true });

/** V8's description of a value that runs none of the program's code: `#<Map>`, `[object Array]`. */
function describe(value) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return String(value);
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (Array.isArray(value) || Object.getPrototypeOf(value) === null) return Object.prototype.toString.call(value);
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name ? `#<${constructor.name}>` : '#<Object>';
}

/** The error that a rejection nobody handled becomes: its reason, or one that names it. */
const rejectionError = (reason) => (isError(reason) ? reason : new UnhandledPromiseRejection(reason));

/** Leaves on `error` that `emitter` emitted it, for the case that it ends the process. */
function markEmitted(error, emitter) {
  const name = emitter.constructor?.name;
  const on = name && name !== 'EventEmitter' ? ` on ${name} instance` : '';
  const here = {};
  Error.captureStackTrace(here, markEmitted);
  const frames = String(here.stack).split('\n').slice(1).join('\n');
  try {
    Object.defineProperty(error, emittedAt, { value: `\nEmitted 'error' event${on} at:\n${frames}`, configurable: true });
  } catch {
    // A frozen error is thrown as it is.
  }
  return error;
}

module.exports = { formatUncaught, markEmitted, rejectionError };
