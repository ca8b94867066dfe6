// The other kind of path, on any system.
const { win32 } = require('node:path');
console.log(win32.join('C:\\a', '..', 'b'), win32.basename('C:\\x\\y.txt'), win32.isAbsolute('C:/a'), win32.isAbsolute('a'));
console.log(win32.normalize('C:/a//b/../c'), win32.parse('C:\\path\\file.txt'));
console.log(win32.relative('C:\\a\\b', 'C:\\a\\c'));
