// The first argument may hold placeholders.
console.log('%s is %d years and %i months', 'Ada', 36, 5.9);
console.log('%o and %O and %j', [1], { a: 1 }, { b: 2 });
console.log('%c styled', 'color: red');
console.log('100%', 'no placeholder', { a: 1 });
console.error('%s', 'to stderr', 42);
