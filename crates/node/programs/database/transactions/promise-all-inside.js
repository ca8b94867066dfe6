// Promise.all on one client of a transaction gains nothing, and after the first error the rest still run into 25P02.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  await client.query('BEGIN');
  const results = await Promise.allSettled([
    client.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1'),
    client.query('UPDATE accounts SET balance = -1 WHERE id = 2'),
    client.query('UPDATE accounts SET balance = balance + 1 WHERE id = 3'),
  ]);
  console.log(results.map(({ value, reason }) => (value ? value.rowCount : reason.code)));
  await client.query('ROLLBACK');
  client.release();
  await pool.end();
}

main();
