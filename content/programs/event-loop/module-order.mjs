process.nextTick(function tick() { console.log('tick') })
Promise.resolve().then(function settled() { console.log('promise') })
queueMicrotask(function micro() { console.log('queueMicrotask') })
console.log('module body')
