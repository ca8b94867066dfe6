// One query for each relation, with all keys in a list.
const { connect } = require('./shop')
const db = connect()

async function catalogue() {
  return db.product.findMany({
    where: { category: 'lamps' },
    include: { skus: true, images: true },
  })
}

catalogue().then((page) => console.log(`${page.length} products`))
