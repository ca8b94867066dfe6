// Groups indent everything, every line of it.
console.log('top');
console.group('group');
console.log('inside');
console.group();
console.log('two\nlines');
console.error('an error, indented');
console.log({ a: 'a long value that takes room', b: 'another long value here', c: 'and a third one' });
console.groupEnd();
console.groupEnd();
console.groupEnd();
console.groupCollapsed('collapsed');
console.log('still shown');
console.groupEnd();
console.log('top again');
