// A proxy is shown as its target; showProxy tells.
const { inspect } = require('node:util');
const proxy = new Proxy({ a: 1 }, { get: () => 'trapped' });
console.log(proxy, proxy.a);
console.log(inspect(proxy, { showProxy: true }));
console.log(new Proxy(function f() {}, {}), new Proxy([1, 2], {}));
