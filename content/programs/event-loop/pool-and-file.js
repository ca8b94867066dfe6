const { pbkdf2 } = require('crypto')
const fs = require('fs')

let done = 0
function hashed() {
  done += 1
  if (done === 1) console.log('the first hash is done')
}

for (let i = 0; i < 4; i++) pbkdf2('password', 'salt', 4000, 64, 'sha512', hashed)
fs.stat('.', function statted() { console.log('the file system answered') })
console.log('script: four hashes and one fs.stat are under way')
