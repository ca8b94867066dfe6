const beat = setInterval(function heartbeat() { console.log('beat') }, 1000)
beat.unref()

setTimeout(function work() { console.log('work is done') }, 5)
process.on('exit', function leaving() { console.log('nothing left to wait for') })
