// Every product asks for itself, as GraphQL's resolvers do. The loaders collect.
const DataLoader = require('dataloader')
const { connect } = require('./shop')
const db = connect()

const ofProducts = (model) =>
  new DataLoader(async (ids) => {
    const rows = await model.findMany({ where: { productId: { in: [...ids] } } })
    return ids.map((id) => rows.filter((row) => row.productId === id))
  })

async function catalogue() {
  const skus = ofProducts(db.sku)
  const images = ofProducts(db.image)
  const products = await db.product.findMany({ where: { category: 'lamps' } })
  return Promise.all(
    products.map(async ({ id, name, price }) => ({
      name,
      price,
      skus: await skus.load(id),
      images: await images.load(id),
    })),
  )
}

catalogue().then((page) => console.log(`${page.length} products`))
