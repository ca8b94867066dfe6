const net = require('net')

const server = net.createServer(function greet(socket) { socket.end('hello') })
server.listen(0, function listening() {
  const socket = net.connect(server.address().port)
  socket.once('data', function poll() {
    console.log('poll: data arrived')
    setTimeout(function timers() { console.log('timers: next turn') }, 0)
    setImmediate(function check() { console.log('check: right after poll') })
    socket.destroy()
    server.close()
  })
  socket.on('close', function closed() { console.log('close: socket gone') })
})
