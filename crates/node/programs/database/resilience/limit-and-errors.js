// An error in one call is that call's own: the limit goes on with the next.
const pLimit = require('p-limit');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const limit = pLimit(1);
  const take = (id, amount) => limit(() => pool.query('UPDATE products SET stock = stock - $2 WHERE id = $1', [id, amount]));
  const results = await Promise.allSettled([take(1, 2), take(3, 1), take(2, 9), take(2, 3)]);
  console.log(results.map(({ value, reason }) => (value ? value.rowCount : reason.code)));
  console.log((await pool.query('SELECT id, stock FROM products ORDER BY id')).rows);
  await pool.end();
}

main();
