// A connection that nobody has used for idleTimeoutMillis is closed.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const pool = new Pool({ idleTimeoutMillis: 300 });
  pool.on('remove', () => console.log('removed'));
  await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 2')]);
  console.log(pool.totalCount, pool.idleCount);
  await pause(700);
  console.log(pool.totalCount, pool.idleCount);
  await pool.query('SELECT 3');
  console.log(pool.totalCount);
  await pool.end();
}

main();
