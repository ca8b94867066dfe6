// Only the fields that the page shows.
const { connect } = require('./shop')
const db = connect()

async function catalogue() {
  return db.product.findMany({
    where: { category: 'lamps' },
    select: {
      name: true,
      price: true,
      skus: { select: { code: true } },
      images: { select: { url: true } },
    },
  })
}

catalogue().then((page) => console.log(`${page.length} products`))
