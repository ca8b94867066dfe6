const fs = require('fs')
const net = require('net')

fs.stat('.', function poll() {
  setTimeout(function timers() { console.log('timers: a timer of 0 ms') }, 0)
  setImmediate(function check() { console.log('check: an immediate') })
  const socket = net.connect(3000, '127.0.0.1')
  socket.on('close', function closed() { console.log('close: a socket is gone') })
  socket.destroy()
  console.log('poll: the file system has answered')
})
