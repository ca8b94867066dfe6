// Functions of every kind.
console.log(function named() {}, () => {}, async () => {}, function* gen() {}, async function* agen() {});
const withProps = function f() {};
withProps.extra = 1;
console.log(withProps, { method() {}, get getter() { return 1; }, set setter(v) {}, get both() { return 1; }, set both(v) {} });
console.log([Math.max, Object, class A {}], Object.assign(() => {}, { a: 1 }));
console.log((function* () {})(), (async function* g() {})());
console.log(Math, JSON, globalThis === global, Reflect);
