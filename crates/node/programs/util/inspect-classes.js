// Names of classes, tags, null prototypes.
class Point { constructor(x) { this.x = x; } }
class Point3 extends Point {}
console.log(new Point(1), new Point3(2), [new Point(3)]);
console.log(Point, Point3, class {}, class extends Point {});
console.log(Object.create(null), Object.assign(Object.create(null), { a: 1 }), Object.create(Point.prototype));
console.log({ [Symbol.toStringTag]: 'Tag' }, Object.create({ a: 1 }));
class Tagged { get [Symbol.toStringTag]() { return 'T'; } }
console.log(new Tagged(), new (class extends Array {})(3), new (class Stack extends Array {})());
console.log(new (class Registry extends Map {})([[1, 2]]), new (class Mine extends Promise {})(() => {}));
