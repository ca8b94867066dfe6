// var, let and functions before their lines.
console.log(typeof hoisted, typeof notYet, hoisted());
var notYet = 1;
function hoisted() { return 'function'; }
try { early; } catch (error) { console.log(error.name); }
let early = 1;
console.log(typeof inner);
{ function inner() {} }
console.log(typeof inner, (function f() { return typeof f; })());
