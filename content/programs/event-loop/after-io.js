const fs = require('fs')

fs.stat('.', function statted() {
  console.log('stat is done')
  setTimeout(function timer() { console.log('timeout') }, 0)
  setImmediate(function immediate() { console.log('immediate') })
})
