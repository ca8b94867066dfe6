// The errors one meets, with code, errno, system call and message.
const fs = require('node:fs');
const show = (what, run) => {
  try { run(); console.log(what, 'passes'); } catch (e) { console.log(what, '|', e.code, e.errno, e.syscall, e.path, '|', e.message); }
};
show('read', () => fs.readFileSync('no-such-file.txt'));
show('read a folder', () => fs.readFileSync('.'));
show('mkdir', () => fs.mkdirSync('.'));
show('mkdir recursive', () => fs.mkdirSync('.', { recursive: true }));
show('readdir', () => fs.readdirSync('nowhere'));
show('readdir of a file', () => fs.readdirSync('errors.js'));
show('unlink', () => fs.unlinkSync('nothing'));
show('rmdir', () => fs.rmdirSync('nothing'));
show('rm', () => fs.rmSync('nothing'));
show('rm force', () => fs.rmSync('nothing', { force: true }));
show('stat', () => fs.statSync('nothing'));
show('stat quietly', () => console.log(fs.statSync('nothing', { throwIfNoEntry: false })));
show('rename', () => fs.renameSync('nothing', 'nowhere'));
show('exclusive', () => fs.writeFileSync('errors.js', '', { flag: 'wx' }));
show('in a file', () => fs.readFileSync('errors.js/x'));
show('no path', () => fs.readFileSync());
show('bad encoding', () => fs.readFileSync('errors.js', 'utf-99'));
