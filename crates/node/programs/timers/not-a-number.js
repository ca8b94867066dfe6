// A delay that is no number counts as 1.
setTimeout(() => console.log('text'), 'soon');
setTimeout(() => console.log('undefined'), undefined);
setTimeout(() => console.log('null'), null);
setTimeout(() => console.log('object'), {});
setTimeout(() => console.log('NaN'), NaN);
