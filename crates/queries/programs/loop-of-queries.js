// The honest case: a query in a loop, without any ORM.
const { pool } = require('./shop')

async function stock() {
  const products = await pool.query('SELECT id, name FROM products WHERE category = $1', ['lamps'])
  for (const product of products.rows) {
    const { rows } = await pool.query('SELECT sum(stock)::int AS pieces FROM skus WHERE product_id = $1', [product.id])
    product.pieces = rows[0].pieces
  }
  return products.rows
}

stock().then((rows) => console.log(`${rows.length} products`))
