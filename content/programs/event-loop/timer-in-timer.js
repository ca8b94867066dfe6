setTimeout(function first() {
  console.log('first timer')
  setTimeout(function second() { console.log('second timer') }, 0)
  setImmediate(function immediate() { console.log('immediate') })
}, 0)
