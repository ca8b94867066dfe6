// Who is `this`.
const object = { name: 'object', plain() { return this?.name; }, arrow: () => typeof this, later() { return [1].map(() => this.name)[0]; } };
const { plain } = object;
console.log(object.plain(), object.arrow(), object.later(), plain.call({ name: 'called' }), plain.bind({ name: 'bound' })(), (0, object.plain)() === undefined);
function Old(name) { if (!new.target) return new Old(name); this.name = name; }
Old.prototype.greet = function () { return `hi ${this.name}`; };
console.log(Old('x').greet(), new Old('y').greet(), Object.getPrototypeOf(new Old('z')) === Old.prototype);
