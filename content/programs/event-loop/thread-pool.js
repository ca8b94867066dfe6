const { pbkdf2 } = require('crypto')

let done = 0
function hashed() {
  done += 1
  console.log(done + ' of 5 hashes done')
}

for (let i = 0; i < 5; i++) pbkdf2('password', 'salt', 4000, 64, 'sha512', hashed)
console.log('five hashes, four threads')
