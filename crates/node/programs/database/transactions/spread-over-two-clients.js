// BEGIN on one connection, the update on another: the update commits at once, and ROLLBACK does not reach it.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const [one, other] = await Promise.all([pool.connect(), pool.connect()]);
  await one.query('BEGIN');
  await one.query('UPDATE accounts SET balance = balance - 30 WHERE id = 1');
  await other.query('UPDATE accounts SET balance = balance + 30 WHERE id = 2');
  await one.query('ROLLBACK');
  one.release();
  other.release();
  console.log((await pool.query('SELECT sum(balance)::int AS sum FROM accounts')).rows);
  await pool.end();
}

main();
