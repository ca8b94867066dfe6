// "So that nobody ever forgets a relation": everything, each time.
const { connect } = require('./shop')
const db = connect()

const everything = {
  images: true,
  skus: { include: { items: { include: { order: { include: { user: true } } } } } },
}

async function catalogue() {
  return db.product.findMany({ where: { category: 'lamps' }, include: everything })
}

catalogue().then((page) => console.log(`${page.length} products`))
