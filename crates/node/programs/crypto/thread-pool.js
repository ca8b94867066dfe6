// Four threads: four slow calls come back together, the fifth in a second round.
const crypto = require('node:crypto');
let done = 0;
for (let i = 0; i < 5; i++) {
  crypto.pbkdf2('password', 'salt', 50000, 64, 'sha512', () => {
    done++;
    if (done === 5) console.log('all five are done');
  });
}
setImmediate(() => console.log('the loop is free meanwhile; done so far:', done));
console.log('main');
