// With one connection, those who wait are served in the order in which they came.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 1 });
  const names = ['first', 'second', 'third'];
  await Promise.all(names.map((name, i) =>
    pool.query('SELECT pg_sleep($1)', [0.03 - 0.01 * i]).then(() => console.log(name, pool.waitingCount))));
  await pool.end();
}

main();
