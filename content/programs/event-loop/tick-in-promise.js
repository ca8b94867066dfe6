Promise.resolve()
  .then(function first() {
    console.log('promise 1')
    process.nextTick(function tick() { console.log('tick made by promise 1') })
  })
  .then(function second() { console.log('promise 2') })
  .then(function third() { console.log('promise 3') })
