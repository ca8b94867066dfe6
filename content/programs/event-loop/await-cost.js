async function plain() { return 'a plain value' }
async function awaited() { return await Promise.resolve('a promise, awaited') }
async function returned() { return Promise.resolve('a promise, returned') }

returned().then(function three(value) { console.log(value) })
awaited().then(function two(value) { console.log(value) })
plain().then(function one(value) { console.log(value) })

let round = 0
function meter() {
  round += 1
  console.log('-- end of round ' + round)
  if (round < 3) queueMicrotask(meter)
}
queueMicrotask(meter)
