const EventEmitter = require('events')
const orders = new EventEmitter()

orders.on('placed', function charge() {
  console.log('charge the card')
  process.nextTick(function receipt() { console.log('send the receipt') })
})
orders.on('placed', function pack() { console.log('pack the parcel') })

console.log('before emit')
orders.emit('placed')
console.log('after emit')
