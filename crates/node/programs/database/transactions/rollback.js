// ROLLBACK undoes everything but the numbers that an identity has given out.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  const transfer = 'INSERT INTO transfers (source, target, amount) VALUES (1, 2, 5) RETURNING id';
  await client.query('BEGIN');
  console.log((await client.query(transfer)).rows);
  const { command } = await client.query('ROLLBACK');
  console.log(command, (await client.query('SELECT count(*)::int AS n FROM transfers')).rows);
  console.log((await client.query(transfer)).rows);
  client.release();
  await pool.end();
}

main();
