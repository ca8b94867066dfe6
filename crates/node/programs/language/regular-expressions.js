// Named groups, look-around, sticky, matchAll.
const date = /(?<year>\d{4})-(?<month>\d\d)/u;
const { groups } = date.exec('on 2024-05-17');
console.log({ ...groups }, '2024-05'.replace(date, '$<month>/$<year>'), 'a1b22'.replace(/\d+/g, (n) => n * 2));
console.log([...'a1b2'.matchAll(/([a-z])(\d)/g)].map((m) => [m[1], m[2], m.index]), 'price: $5'.match(/(?<=\$)\d/)[0], /^.$/u.test('😀'), /^.$/.test('😀'));
const sticky = /a/y;
console.log(sticky.test('aab'), sticky.lastIndex, sticky.test('aab'), sticky.test('aab'), 'a-b_c'.split(/[-_]/), /a.c/s.test('a\nc'));
console.log('abc'.match(/x/), 'aBc'.match(/b/i).index, 'x'.match(/(y)?/), /[\p{L}]+/u.exec('12été')[0], /(?:a|b)+?c/.exec('ababc')[0]);
