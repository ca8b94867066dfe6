// References to oneself.
const a = { name: 'a' };
a.self = a;
a.list = [a, { b: a }];
console.log(a);
const parent = { children: [] };
parent.children.push({ parent });
console.log(parent);
const m = new Map();
m.set('me', m);
console.log(m);
