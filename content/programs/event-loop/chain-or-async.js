Promise.resolve()
  .then(function chain1() { console.log('chain 1') })
  .then(function chain2() { console.log('chain 2') })
  .then(function chain3() { console.log('chain 3') })

async function steps() {
  console.log('async 0')
  await null
  console.log('async 1')
  await null
  console.log('async 2')
}

steps()
console.log('script')
