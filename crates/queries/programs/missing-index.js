// Three queries, as it should be. But how does the database find the rows?
const { pool } = require('./shop')

async function catalogue() {
  const { rows: products } = await pool.query('SELECT id, name FROM products WHERE category = $1', ['lamps'])
  const ids = products.map(({ id }) => id)
  const skus = await pool.query('SELECT product_id, code FROM skus WHERE product_id = ANY($1)', [ids])
  const images = await pool.query('SELECT product_id, url FROM images WHERE product_id = ANY($1)', [ids])
  return { products, skus: skus.rows, images: images.rows }
}

catalogue().then(({ products, images }) => console.log(`${products.length} products, ${images.length} images`))
