let ticks = 0

function again() {
  ticks += 1
  if (ticks < 20) process.nextTick(again)
  else console.log(ticks + ' ticks have run')
}

setTimeout(function late() { console.log('the timer, at last') }, 0)
Promise.resolve().then(function settled() { console.log('the promise, at last') })
process.nextTick(again)
