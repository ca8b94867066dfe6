// BEGIN, two updates and COMMIT on one client: all of it, at once, for everybody else.
const { Pool } = require('pg');

async function balances(on) {
  return (await on.query('SELECT id, balance FROM accounts ORDER BY id')).rows.map(({ balance }) => balance);
}

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [30, 1]);
  await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [30, 2]);
  console.log('inside', await balances(client), 'outside', await balances(pool));
  await client.query('COMMIT');
  client.release();
  console.log('after', await balances(pool));
  await pool.end();
}

main();
