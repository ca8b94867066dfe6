// A consistent snapshot of the whole catalogue, read in a loop: one connection is held all the while.
const { pool } = require('./shop')

async function catalogue() {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    const { rows } = await client.query('SELECT id, name FROM products WHERE category = $1', ['lamps'])
    for (const product of rows) {
      const images = await client.query('SELECT url FROM images WHERE product_id = $1', [product.id])
      product.images = images.rows
    }
    await client.query('COMMIT')
    return rows
  } finally {
    client.release()
  }
}

catalogue().then((page) => console.log(`${page.length} products`))
