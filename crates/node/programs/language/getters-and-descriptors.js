// Accessors, descriptors, freezing.
const temperature = { celsius: 20, get fahrenheit() { return this.celsius * 1.8 + 32; }, set fahrenheit(f) { this.celsius = (f - 32) / 1.8; } };
temperature.fahrenheit = 212;
console.log(temperature.celsius, temperature, Object.getOwnPropertyDescriptor(temperature, 'celsius'));
const fixed = Object.freeze({ a: { b: 1 } });
fixed.a.b = 2; fixed.c = 3;
console.log(fixed, Object.isFrozen(fixed), Object.isSealed(Object.seal({})));
const hidden = Object.defineProperty({}, 'x', { value: 1 });
hidden.x = 2;
console.log(hidden, hidden.x, Object.keys(hidden), JSON.stringify(hidden), 'x' in hidden);
