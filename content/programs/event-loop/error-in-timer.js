process.on('uncaughtException', function report(error) {
  console.log('uncaught: ' + error.message)
})

try {
  setTimeout(function fails() { throw new Error('thrown in a timer') }, 0)
  setTimeout(function next() { console.log('the next timer still runs') }, 0)
} catch (error) {
  console.log('never printed')
}
console.log('the try block is over')
