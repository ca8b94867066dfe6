setImmediate(function first() {
  console.log('turn 1: first')
  setImmediate(function third() { console.log('turn 2: third') })
})
setImmediate(function second() { console.log('turn 1: second') })
