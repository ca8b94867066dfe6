// The same two transfers with their locks in order: the second waits, and nobody fails.
const { Pool } = require('pg');

const pool = new Pool();

async function transfer(source, target, amount) {
  const client = await pool.connect();
  await client.query('BEGIN');
  for (const id of [source, target].sort()) await client.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [id]);
  await client.query('SELECT pg_sleep(0.02)');
  await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [amount, source]);
  await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [amount, target]);
  const { command } = await client.query('COMMIT');
  client.release();
  return command;
}

async function main() {
  console.log(await Promise.all([transfer(1, 2, 10), transfer(2, 1, 30)]));
  console.log((await pool.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await pool.end();
}

main();
