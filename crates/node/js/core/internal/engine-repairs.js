'use strict';

// What a program must not notice of the engine: inserted steps in a function's text, classes without a text, a random
// source of its own, proxies nobody can look into.

const functionText = Function.prototype.toString;
const replace = (object, methods) => {
  for (const [name, value] of Object.entries(Object.getOwnPropertyDescriptors(methods))) {
    Object.defineProperty(object, name, { ...value, enumerable: false });
  }
};

replace(Function.prototype, {
  toString() {
    if (!host.isClass(this)) return host.withoutInsertions(Reflect.apply(functionText, this, []));
    const text = host.classText(this.name);
    if (text !== undefined) return text;
    const parent = Object.getPrototypeOf(this);
    return `class ${this.name}${parent === Function.prototype ? '' : ` extends ${parent?.name ?? 'null'}`} { }`;
  },
});

replace(Math, {
  random() {
    return host.random();
  },
});

const proxies = new WeakMap();
const EngineProxy = Proxy;
globalThis.Proxy = new EngineProxy(EngineProxy, {
  construct(Target, [target, handler]) {
    const proxy = new Target(target, handler);
    proxies.set(proxy, [target, handler]);
    return proxy;
  },
});
Object.defineProperty(globalThis, 'Proxy', { enumerable: false });
require('internal/iterators');
const engineKind = host.isKind;
host.isKind = (value) => engineKind(value) || (Object.prototype.toString.call(value) === '[object Arguments]' ? 'Arguments' : '');
host.proxyDetails = (value) => (typeof value === 'object' || typeof value === 'function' ? proxies.get(value) : undefined);

// What is younger than Node 20 is not there: programs ask with `typeof`.
const YOUNGER = [
  [globalThis, 'Float16Array', 'Iterator', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack'],
  [Object, 'groupBy'],
  [Map, 'groupBy'],
  [Map.prototype, 'getOrInsert', 'getOrInsertComputed'],
  [Promise, 'withResolvers', 'try'],
  [Array, 'fromAsync'],
  [Math, 'f16round', 'sumPrecise'],
  [Error, 'isError'],
  [RegExp, 'escape'],
  [DataView.prototype, 'getFloat16', 'setFloat16'],
  [ArrayBuffer.prototype, 'transfer', 'transferToFixedLength', 'detached'],
  [Set.prototype, 'union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  [Uint8Array, 'fromBase64', 'fromHex'],
  [Uint8Array.prototype, 'toBase64', 'toHex', 'setFromBase64', 'setFromHex'],
  [
    Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
    'map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find',
  ],
];
for (const [object, ...names] of YOUNGER) for (const name of names) delete object[name];

// ECMA-262, Promise.any, with the message V8 gives the error.
replace(Promise, {
  any(iterable) {
    const Constructor = this;
    return new Constructor((resolve, reject) => {
      const errors = [];
      let left = 1;
      const settle = () => {
        if (--left === 0) reject(new AggregateError(errors, 'All promises were rejected'));
      };
      let index = 0;
      for (const item of iterable) {
        const at = index++;
        errors[at] = undefined;
        left++;
        let called = false;
        Constructor.resolve(item).then(resolve, (error) => {
          if (called) return;
          called = true;
          errors[at] = error;
          settle();
        });
      }
      settle();
    });
  },
});
