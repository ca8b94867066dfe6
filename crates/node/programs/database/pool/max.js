// No more than `max` connections: the rest wait, first come, first served.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 2 });
  const order = [];
  const ask = (i) => pool.query('SELECT pg_sleep(0.03 + 0.01 * $1)', [i % 2]).then(() => order.push(i));
  const all = Promise.all([0, 1, 2, 3, 4, 5].map(ask));
  console.log(pool.totalCount, pool.idleCount, pool.waitingCount);
  await all;
  console.log('served', order.length, pool.totalCount, pool.idleCount, pool.waitingCount);
  await pool.end();
}

main();
