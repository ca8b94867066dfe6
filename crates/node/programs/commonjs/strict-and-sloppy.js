// A CommonJS module is sloppy until it says 'use strict'.
function sloppy() { return this === globalThis; }
function strict() { 'use strict'; return this; }
console.log(sloppy(), strict());
implicit = 1;
console.log(globalThis.implicit, delete globalThis.implicit, typeof implicit);
var notGlobal = 1;
console.log(globalThis.notGlobal);
