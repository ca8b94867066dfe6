setTimeout(function late() { console.log('timeout') }, 0)
process.nextTick(function tick() { console.log('tick') })
Promise.resolve().then(function settled() { console.log('promise') })

console.log('before await')
await null
console.log('after await')
