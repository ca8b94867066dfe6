setTimeout(function late() { console.log('timeout') }, 0)
Promise.resolve().then(function settled() {
  console.log('promise')
})
process.nextTick(function tick() { console.log('tick') })
console.log('script')
