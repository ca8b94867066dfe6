'use strict';

// What a program must not notice of the engine: inserted steps in a function's text, a random source of its own, proxies
// nobody can look into.

const functionText = Function.prototype.toString;
const replace = (object, methods) => {
  for (const [name, value] of Object.entries(Object.getOwnPropertyDescriptors(methods))) {
    Object.defineProperty(object, name, { ...value, enumerable: false });
  }
};

replace(Function.prototype, {
  toString() {
    return host.withoutInsertions(Reflect.apply(functionText, this, []));
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
host.proxyDetails = (value) => (typeof value === 'object' || typeof value === 'function' ? proxies.get(value) : undefined);

if (Array.fromAsync === undefined) {
  replace(Array, {
    async fromAsync(items, map, self) {
      const result = [];
      let index = 0;
      for await (const item of items) {
        result.push(map === undefined ? item : await Reflect.apply(map, self, [item, index]));
        index++;
      }
      return result;
    },
  });
}
