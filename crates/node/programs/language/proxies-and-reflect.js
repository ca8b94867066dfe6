// Traps.
const log = [];
const proxy = new Proxy({ a: 1 }, {
  get(target, key, receiver) { log.push(`get ${String(key)}`); return Reflect.get(target, key, receiver); },
  set(target, key, value) { log.push(`set ${key}`); target[key] = value; return true; },
  has(target, key) { log.push(`has ${key}`); return key in target; },
  deleteProperty(target, key) { log.push(`delete ${key}`); return delete target[key]; },
  ownKeys(target) { log.push('ownKeys'); return Reflect.ownKeys(target); },
});
proxy.b = proxy.a + 1;
'b' in proxy;
delete proxy.a;
console.log(Object.keys(proxy), log);
console.log(Reflect.ownKeys({ b: 1, [Symbol('s')]: 2, 0: 3 }), Reflect.construct(Date, [0]).getTime(), Reflect.apply(Math.max, null, [1, 2]));
