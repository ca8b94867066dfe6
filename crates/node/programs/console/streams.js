// log, info and debug write to stdout; error, warn and trace to stderr.
console.log('log');
console.info('info');
console.debug('debug');
console.error('error');
console.warn('warn');
console.log();
console.log('');
console.log('a\nb');
