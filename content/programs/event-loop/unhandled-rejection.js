process.on('exit', function leaving(code) { console.log('exit code ' + code) })

setTimeout(function never() { console.log('never printed') }, 0)
process.nextTick(function tick() { console.log('ticks still run') })
Promise.resolve().then(function settled() { console.log('so do microtasks') })

Promise.reject(new Error('nobody catches this'))
console.log('script')
