// A delay that is no number counts as 1; only a numeric NaN and no other type is worth a thought.
setTimeout(() => console.log('text'), 'soon');
setTimeout(() => console.log('undefined'), undefined);
setTimeout(() => console.log('null'), null);
setTimeout(() => console.log('object'), {});
