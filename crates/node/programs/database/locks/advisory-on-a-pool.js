// A session's advisory lock, taken through the pool, is released with it or not at all: another connection cannot.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 2 });
  const holder = await pool.connect();
  await holder.query('SELECT pg_advisory_lock(7)');
  const { rows } = await pool.query('SELECT pg_advisory_unlock(7) AS released');
  console.log(rows);
  console.log((await pool.query('SELECT pg_try_advisory_lock(7) AS got')).rows);
  console.log((await holder.query('SELECT pg_advisory_unlock(7) AS released')).rows);
  console.log((await pool.query('SELECT pg_try_advisory_lock(7) AS got')).rows);
  holder.release();
  await pool.end();
}

main();
