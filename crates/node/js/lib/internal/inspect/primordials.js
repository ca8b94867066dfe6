'use strict';

// The names under which Node's own source knows the language's functions, resolved as they are asked for:
// `StringPrototypeSlice(text, 1)` is `text.slice(1)`, whatever the program did to `String.prototype` since.

const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
const TypedArray = Object.getPrototypeOf(Uint8Array);
const OWNERS = [
  'AggregateError', 'ArrayBuffer', 'Array', 'BigInt', 'Boolean', 'DataView', 'Date', 'Error', 'Function', 'JSON', 'Map',
  'Math', 'Number', 'Object', 'Promise', 'RangeError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError',
  'TypedArray', 'Uint8Array', 'WeakMap', 'WeakSet',
];

const ready = {
  ArrayPrototypePushApply: (array, items) => {
    for (let i = 0; i < items.length; i++) array.push(items[i]);
    return array.length;
  },
  ErrorIsError: undefined,
  SafeMap: Map,
  SafeSet: Set,
  SafeStringIterator: class {
    constructor(text) {
      return text[Symbol.iterator]();
    }
  },
  globalThis,
  // Without ICU the width of a character is computed by the source itself.
  internalBinding: () => ({ hasIntl: false }),
  uncurryThis,
};

const key = (name) => {
  const word = name.match(/^Symbol([A-Z].*)$/)?.[1] ?? name;
  const lower = word[0].toLowerCase() + word.slice(1);
  return word === name ? lower : Symbol[lower];
};

function resolve(name) {
  if (name in ready) return ready[name];
  const owner = OWNERS.find((owner) => name.startsWith(owner));
  const holder = owner === 'TypedArray' ? TypedArray : globalThis[owner];
  const rest = name.slice(owner.length);
  if (rest === '') return holder;
  if (rest === 'Prototype') return holder.prototype;
  if (!rest.startsWith('Prototype')) return holder[key(rest)];
  const member = rest.slice('Prototype'.length);
  if (key(member) in holder.prototype) return uncurryThis(holder.prototype[key(member)]);
  return uncurryThis(Object.getOwnPropertyDescriptor(holder.prototype, key(member.slice('Get'.length))).get);
}

module.exports = new Proxy({}, { get: (_, name) => resolve(name) });
