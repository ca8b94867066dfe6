const start = Date.now()

setTimeout(function answer() {
  const late = Date.now() - start - 5
  console.log(late >= 15 ? 'the answer is late' : 'the answer is on time')
}, 5)

console.log('busy')
while (Date.now() - start < 20) { /* nothing else can run */ }
console.log('free')
