// Smaller helpers.
const util = require('node:util');
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), util.toUSVString('a\ud800'));
console.log(util.inspect.custom === Symbol.for('nodejs.util.inspect.custom'), util.isArray([]));
const { values, positionals } = util.parseArgs({
  args: ['-v', '--name', 'ada', 'file.txt'],
  options: { verbose: { type: 'boolean', short: 'v' }, name: { type: 'string' } },
  allowPositionals: true,
});
console.log({ ...values }, positionals);
util.debuglog('nothing')('not shown');
