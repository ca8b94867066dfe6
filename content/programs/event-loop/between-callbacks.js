setTimeout(function one() {
  console.log('timer one')
  Promise.resolve().then(function reaction() { console.log('promise of one') })
  process.nextTick(function tick() { console.log('tick of one') })
}, 0)
setTimeout(function two() { console.log('timer two') }, 0)
