const fs = require('fs')
const net = require('net')

fs.stat('.', function poll() {
  setTimeout(function timers() { console.log('timers') }, 0)
  setImmediate(function check() { console.log('check') })
  const socket = net.connect(3000, '127.0.0.1')
  socket.on('close', function close() { console.log('close') })
  socket.destroy()
  console.log('poll')
})
