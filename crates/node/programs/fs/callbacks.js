// The same with callbacks, one inside the other.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
fs.mkdtemp(path.join(os.tmpdir(), 'programs-'), (error, dir) => {
  const file = path.join(dir, 'a.txt');
  console.log('mkdtemp', error);
  fs.writeFile(file, 'content', (error) => {
    console.log('writeFile', error);
    fs.readFile(file, 'utf8', (error, text) => {
      console.log('readFile', error, text);
      fs.rename(file, file + '.bak', (error) => {
        console.log('rename', error);
        fs.readdir(dir, (error, names) => {
          console.log('readdir', error, names);
          fs.rm(dir, { recursive: true }, (error) => console.log('rm', error));
        });
      });
    });
  });
});
console.log('main');
