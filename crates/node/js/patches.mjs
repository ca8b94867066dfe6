// Where a package that we bundle is older than Node 20, or says something else: the words it has, the words it gets.
// Every patch must find its place exactly once, so that a new version of a package cannot pass it by in silence.

const CHUNK = "['string', 'Buffer', 'Uint8Array'], chunk)";
const NODE_CHUNK = "['string', 'Buffer', 'TypedArray', 'DataView'], chunk)";

const PATCHES = [
  // Node 20 decides after the write whether it was one too many, and spares a tick where nobody waits for it (an object
  // stream always takes one).
  [
    /readable-stream[\\/]lib[\\/]internal[\\/]streams[\\/]writable\.js$/,
    [
      [/const ret = state\.length < state\.highWaterMark\n.*\n\s*if \(!ret\) state\.needDrain = true\n/, ''],
      [
        'return ret && !state.errored && !state.destroyed',
        `const ret = state.length < state.highWaterMark || state.length === 0;
        if (!ret) state.needDrain = true;
        return ret && !state.errored && !state.destroyed`,
      ],
      [
        'if (state.afterWriteTickInfo !== null && state.afterWriteTickInfo.cb === cb) {',
        `if (cb === nop) {
          if (!state.afterWritePending && ((state.needDrain && state.length === 0) || state.objectMode)) {
            state.afterWritePending = true;
            process.nextTick(afterWrite, stream, state, 1, cb);
          } else {
            state.pendingcb--;
            if (state.ending) finishMaybe(stream, state, true);
          }
        } else if (state.afterWriteTickInfo !== null && state.afterWriteTickInfo.cb === cb) {`,
      ],
      ['function afterWrite(stream, state, count, cb) {', 'function afterWrite(stream, state, count, cb) {\n  state.afterWritePending = false;'],
      ['process.nextTick(afterWriteTick, state.afterWriteTickInfo)', 'state.afterWritePending = true;\n        process.nextTick(afterWriteTick, state.afterWriteTickInfo)'],
      // `finish` comes a tick after the last write has called back.
      ['state.pendingcb--\n    cb()', 'state.pendingcb--\n    cb(null)'],
      [
        /errorBuffer\(state\)\n  \}\n  finishMaybe\(stream, state\)/,
        'errorBuffer(state)\n  }\n  if (state.ending) finishMaybe(stream, state, true)',
      ],
    ],
  ],
  [/readable-stream[\\/]lib[\\/]internal[\\/]streams[\\/](writable|readable)\.js$/, [[CHUNK, NODE_CHUNK]]],
  [
    /path-browserify[\\/]index\.js$/,
    [
      ['function assertPath(path) {', "function assertPath(path, name = 'path') {"],
      [
        "throw new TypeError('Path must be a string. Received ' + JSON.stringify(path));",
        "throw new (require('internal/errors').codes.ERR_INVALID_ARG_TYPE)(name, 'string', path);",
      ],
      ['assertPath(from);', "assertPath(from, 'from');"],
      ['assertPath(to);', "assertPath(to, 'to');"],
    ],
  ],
  [
    /assert[\\/]build[\\/]internal[\\/]assert[\\/]assertion_error\.js$/,
    [
      [
        '_this = _super.call(this, String(message));',
        `_this = _super.call(this, /^(deepStrict|strict)Equal$/.test(operator)
          ? createErrDiff(actual, expected, operator).replace(/^(Expected|Values) .*?:?(?=\\n)/, () => message)
          : String(message));`,
      ],
      ['.concat(_res, "\\n\\nshould equal\\n\\n")', '.concat(_res, "\\n\\nshould loosely deep-equal\\n\\n")'],
    ],
  ],
  [
    /assert[\\/]build[\\/]assert\.js$/,
    [
      [
        'if (isRegExp(expected)) return RegExpPrototypeTest(expected, actual);',
        `if (isRegExp(expected)) {
          if (RegExpPrototypeTest(expected, String(actual))) return true;
          return fn === undefined ? false : require('internal/assert-messages').mismatch(AssertionError, actual, expected, msg, fn);
        }`,
      ],
      [
        /if \(Error\.isPrototypeOf\(expected\)\) \{\s+return false;\s+\}\s+return expected\.call\(\{\}, actual\) === true;/,
        `const isClass = Error.isPrototypeOf(expected);
        const verdict = isClass ? undefined : expected.call({}, actual);
        if (verdict === true || fn === undefined) return verdict === true;
        return require('internal/assert-messages').mismatch(AssertionError, actual, expected, msg, fn, verdict);`,
      ],
      [
        /\} else if \(message instanceof Error\) \{\s+throw message;\s+\}\s+var err = new AssertionError\(\{\s+actual: value,\s+expected: true,/,
        `} else if (message == null) {
          generatedMessage = true;
          message = require('internal/assert-messages').falsy();
        } else if (message instanceof Error) {
          throw message;
        }
        var err = new AssertionError({
          actual: value,
          expected: true,`,
      ],
    ],
  ],
];

/** The source of `path` as it is bundled. */
export function patched(path, source) {
  for (const [file, changes] of PATCHES) {
    if (!file.test(path)) continue;
    for (const [theirs, ours] of changes) {
      if (source.split(theirs).length !== 2) throw new Error(`${path} has changed: it has no single ${theirs}`);
      source = source.replace(theirs, () => ours);
    }
  }
  return source;
}

export const patchedFiles = /(readable-stream|path-browserify|assert)[\\/].*\.js$/;
