// One query for everything: each SKU of a product meets each of its images.
const { connect } = require('./shop')
const db = connect({ relationLoadStrategy: 'join' })

async function catalogue() {
  return db.product.findMany({
    where: { category: 'lamps' },
    include: { skus: true, images: true },
  })
}

catalogue().then((page) => console.log(`${page.length} products`))
