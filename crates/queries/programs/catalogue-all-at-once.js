// The same queries, but nobody waits for the one before.
const { connect } = require('./shop')
const db = connect({ lazy: true })

async function view(product) {
  const [skus, images] = await Promise.all([product.skus, product.images])
  return { name: product.name, price: product.price, skus, images }
}

async function catalogue() {
  const products = await db.product.findMany({ where: { category: 'lamps' } })
  return Promise.all(products.map(view))
}

catalogue().then((page) => console.log(`${page.length} products`))
