// emitWarning prints to stderr and tells listeners, both on a later tick.
process.on('warning', (warning) => console.log('heard:', warning.name, warning.message, warning.code));
process.emitWarning('the roof leaks');
process.emitWarning('use the new one', 'DeprecationWarning', 'DEP9999');
process.emitWarning('the walls, too', { type: 'HouseWarning', code: 'H1', detail: 'seen from the yard' });
console.log('main');
