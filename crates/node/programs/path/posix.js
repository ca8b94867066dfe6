// Paths in pieces and put together.
const path = require('node:path');
console.log(path.join('/a', '..', 'b', './c', ''), path.join(), path.join('a', '', '..'));
console.log(path.resolve('/a/b', '../c', './d'), path.resolve('/x', '/y'), path.resolve('a') === process.cwd() + '/a');
console.log(path.normalize('/a//b/./c/..'), path.normalize('./x/'), path.normalize('../../y'));
console.log(path.basename('/a/b.txt'), path.basename('/a/b.txt', '.txt'), path.basename('/a/'), path.dirname('/a/b/c'), path.dirname('x'));
console.log([path.extname('a.b.js')], [path.extname('.bashrc')], [path.extname('a.')], [path.extname('a')]);
console.log(path.relative('/a/b/c', '/a/d'), path.relative('/a', '/a'), path.isAbsolute('/x'), path.isAbsolute('x'));
console.log(path.parse('/home/ada/notes.txt'));
console.log(path.format({ dir: '/d', base: 'b.txt' }), path.format({ root: '/', name: 'n', ext: '.e' }));
console.log(path.sep, path.delimiter, path.posix === path);
try {
  path.join('a', 1);
} catch (error) {
  console.log(error.code, error.message);
}
