// Relations are loaded when they are touched.
const { connect } = require('./shop')
const db = connect({ lazy: true })

async function catalogue() {
  const products = await db.product.findMany({ where: { category: 'lamps' } })
  const page = []
  for (const product of products) {
    const skus = await product.skus
    const images = await product.images
    page.push({ name: product.name, price: product.price, skus, images })
  }
  return page
}

catalogue().then((page) => console.log(`${page.length} products`))
