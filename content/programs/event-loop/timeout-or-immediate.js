setTimeout(function timer() { console.log('timeout') }, 0)
setImmediate(function immediate() { console.log('immediate') })
