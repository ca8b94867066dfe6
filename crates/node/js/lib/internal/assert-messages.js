'use strict';

// Messages of `assert` that say more than the values: what was thrown instead, which expression was falsy.

const { inspect } = require('internal/inspect');
const { isNativeError } = require('internal/types');

/** Throws the AssertionError about `actual`, which was thrown and is not what `expected` describes. */
function mismatch(AssertionError, actual, expected, message, fn, verdict) {
  const generated = message === undefined;
  if (generated && host.isKind(expected) === 'RegExp') {
    message = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(actual))}\n`;
  } else if (generated && Error.isPrototypeOf(expected)) {
    const isError = isNativeError(actual) || actual instanceof Error;
    message = `The error is expected to be an instance of "${expected.name}". Received `;
    message += isError ? `"${actual.name}"` : `"${inspect(actual, { depth: -1 })}"`;
    if (isError) message += `\n\nError message:\n\n${actual.message}`;
  } else if (generated) {
    const name = expected.name ? `"${expected.name}" ` : '';
    message = `The ${name}validation function is expected to return "true". Received ${inspect(verdict)}`;
    if (isNativeError(actual)) message += `\n\nCaught error:\n\n${actual}`;
  }
  const error = new AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn });
  error.generatedMessage = generated;
  throw error;
}

/** The text of the call that asserted, from its line in the program. */
function falsy() {
  const frame = new Error().stack.split('\n').find((line) => /\(?\/.*:\d+:\d+\)?$/.test(line) && !line.includes('node:'));
  const [, file, line, column] = frame?.match(/\(?(\/[^()]*):(\d+):(\d+)\)?$/) ?? [];
  const source = file === undefined ? undefined : host.sourceLine?.(file, Number(line));
  const call = source === undefined ? undefined : callIn(source, host.originalColumn?.(file, Number(line), Number(column)) ?? Number(column));
  return call === undefined ? 'The expression evaluated to a falsy value:\n\n  assert.ok(...)\n' : `The expression evaluated to a falsy value:\n\n  ${call}\n`;
}

/** The last call of `assert` or of one of its functions that begins before `column`, to its closing parenthesis. */
function callIn(source, column) {
  const starts = [...source.matchAll(/\bassert(\.\w+)*\(/g)].map((call) => call.index);
  const start = starts.findLast((at) => at < column) ?? starts[0];
  if (start === undefined) return undefined;
  let depth = 0;
  for (let i = source.indexOf('(', start); i < source.length; i++) {
    if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return source.slice(start, i + 1);
  }
  return undefined;
}

module.exports = { falsy, mismatch };
