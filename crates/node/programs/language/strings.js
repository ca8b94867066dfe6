// Text, as one uses it.
console.log('abc'.padStart(5, '*'), 'x'.padEnd(3) + '|', ' a '.trim() + '|', 'a,b,,c'.split(','), 'abc'.at(-1), 'aXbX'.replaceAll('X', '-'), 'abc'.slice(-2), 'abc'.substring(2, 0));
console.log('😀'.length, [...'😀a'].length, '😀'.codePointAt(0).toString(16), String.fromCodePoint(0x1f600), 'é'.normalize('NFD').length, 'ß'.toUpperCase(), 'İ'.length);
console.log('b' > 'a', 'B' > 'a', 'a'.localeCompare('b'), 'abc'.includes('bc'), 'abc'.startsWith('b', 1), 'ab'.repeat(3), 'a-b'.split('-', 1), '\x41\u{1F600}');
console.log((255).toString(16), (0.000001234).toString(), (1234.5678).toFixed(2), (1e21).toString(), (0.1).toPrecision(3), (12345).toExponential(2), Number('12px'), parseFloat('3.14abc'));
