// A namespace is sealed, sorted and has no prototype.
import * as ns from './things.mjs';
console.log(Object.keys(ns), Object.getPrototypeOf(ns), ns[Symbol.toStringTag]);
console.log(ns);
try { ns.a = 1; } catch (error) { console.log(error.name); }
