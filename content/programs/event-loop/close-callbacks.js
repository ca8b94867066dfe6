const net = require('net')

const server = net.createServer()
server.listen(0, function listening() {
  const socket = net.connect(server.address().port, function connected() {
    socket.on('close', function socketClosed() { console.log('socket closed') })
    socket.destroy()
    setImmediate(function check() { console.log('check') })
    process.nextTick(function tick() { console.log('tick') })
    server.close()
  })
})
