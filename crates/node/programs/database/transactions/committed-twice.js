// The answer to COMMIT got lost, and the client sends its order again: a key that it chose makes the second one harmless.
const { Pool } = require('pg');

async function order(pool, key, amount) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query('INSERT INTO requests (key) VALUES ($1) ON CONFLICT DO NOTHING', [key]);
    if (rowCount === 1) await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = 1', [amount]);
    await client.query('COMMIT');
    return rowCount === 1 ? 'done' : 'done before';
  } finally {
    client.release();
  }
}

async function main() {
  const pool = new Pool();
  await pool.query('CREATE TABLE requests (key text PRIMARY KEY)');
  console.log(await order(pool, 'a1', 30));
  console.log(await order(pool, 'a1', 30));
  console.log((await Promise.all([order(pool, 'b2', 10), order(pool, 'b2', 10)])).sort());
  console.log((await pool.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await pool.end();
}

main();
