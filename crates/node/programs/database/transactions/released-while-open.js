// A client that is released inside of a transaction: the next request continues it without knowing.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 1 });
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = balance - 30 WHERE id = 1');
  client.release(); // an early return that forgot ROLLBACK
  await pool.query('UPDATE accounts SET balance = 50 WHERE id = 2'); // somebody else's request
  await pool.query('ROLLBACK');
  console.log((await pool.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await pool.end();
}

main();
