// pool.query takes a connection, asks, and gives it back.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  console.log(pool.totalCount, pool.idleCount, pool.waitingCount);
  const { rows } = await pool.query('SELECT value FROM counters WHERE name = $1', ['orders']);
  console.log(rows, pool.totalCount, pool.idleCount, pool.waitingCount);
  await pool.query('SELECT nonsense').catch((error) => console.log(error.code, pool.totalCount, pool.idleCount));
  await pool.end();
  console.log(pool.totalCount, pool.ended);
}

main();
