// N+1 inside of N+1: for each user the orders, for each order the items, for each item the SKU.
const { connect } = require('./shop')
const db = connect({ lazy: true })

async function report() {
  const lines = []
  for (const user of await db.user.findMany({ where: { id: { lte: 10 } } })) {
    for (const order of await user.orders) {
      for (const item of await order.items) {
        const sku = await item.sku
        lines.push(`${user.name}: ${item.quantity} of ${sku.code}`)
      }
    }
  }
  return lines
}

report().then((lines) => console.log(`${lines.length} lines`))
