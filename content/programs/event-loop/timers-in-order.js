setTimeout(function ten() { console.log('10 ms') }, 10)
setTimeout(function one() { console.log('1 ms') }, 1)
setTimeout(function zero() { console.log('0 ms, which Node makes 1') }, 0)

const start = Date.now()
while (Date.now() - start < 20) { /* all three come due meanwhile */ }
