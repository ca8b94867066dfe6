// A deadlock that no database sees: the pool's query waits for the row, and the row's transaction for the query.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ lock_timeout: 100 });
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = balance - 1 WHERE id = 1');
  // Meant to be part of the transaction, and sent through the pool.
  await pool.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1').catch((error) => console.log(error.code, error.message));
  await client.query('ROLLBACK');
  client.release();
  await pool.end();
}

main();
