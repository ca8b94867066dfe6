// min keeps as many connections from being closed for idleness.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const pool = new Pool({ min: 1, max: 3, idleTimeoutMillis: 300 });
  console.log('none is opened ahead', pool.totalCount);
  await Promise.all([1, 2, 3].map(() => pool.query('SELECT pg_sleep(0.02)')));
  console.log(pool.totalCount);
  await pause(900);
  console.log(pool.totalCount, pool.idleCount);
  await pool.end();
}

main();
