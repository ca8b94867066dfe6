// pool.query('BEGIN') begins a transaction on some connection, and gives it back open.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 2 });
  await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')]);
  await pool.query('BEGIN');
  await Promise.all([
    pool.query('UPDATE accounts SET balance = balance - 30 WHERE id = 1'),
    pool.query('UPDATE accounts SET balance = balance + 30 WHERE id = 2'),
  ]);
  // One of the two was inside, and dies with its connection.
  await pool.end();
  const again = new Pool();
  const { rows: [{ sum }] } = await again.query('SELECT sum(balance)::int AS sum FROM accounts');
  console.log(sum === 200 ? 'nothing lost' : 'money lost or made');
  await again.end();
}

main();
