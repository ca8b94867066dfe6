'use strict';

// V8's `error.stack` on top of the engine's: a first line that says what happened, then the frames. Loaded before the
// program, for its effect on `Error`.

const frames = Object.getOwnPropertyDescriptor(Error.prototype, 'stack')?.get;
const NATIVE = '    at <anonymous>';

/** Stacks that were read. V8 writes the text when it is first asked for, and keeps it. */
const written = new WeakMap();

function stackOf(error) {
  let text = written.get(error);
  if (text === undefined) {
    text = headline(error) + trace(error);
    written.set(error, text);
  }
  return text;
}

/** `name: message`; of an error whose getters throw, what can be said of any. */
function headline(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}

/** The frames below the first line, or one that stands for the engine itself when it kept none. */
function trace(error) {
  const limit = Error.stackTraceLimit;
  if (typeof limit !== 'number' || limit <= 0) return '';
  const lines = (frames?.call(error) ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const shown = lines.filter((line) => !line.includes('(native')).slice(0, limit);
  return `\n${(shown.length > 0 ? shown : [NATIVE]).join('\n')}`;
}

function setStack(error, value) {
  Object.defineProperty(error, 'stack', { value, writable: true, configurable: true, enumerable: false });
}

if (frames !== undefined) {
  Object.defineProperty(Error.prototype, 'stack', {
    configurable: true,
    enumerable: false,
    get: function stack() {
      return host.isKind(this) === 'Error' ? stackOf(this) : undefined;
    },
    set: function stack(value) {
      setStack(this, value);
    },
  });
  Object.defineProperty(Error, 'captureStackTrace', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: function captureStackTrace(object) {
      setStack(object, Error.prototype.toString.call(object) + trace(new Error()));
    },
  });
  Error.stackTraceLimit = 10;
}
