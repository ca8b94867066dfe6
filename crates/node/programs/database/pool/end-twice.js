// A pool ends once, and is of no use afterwards.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  await pool.query('SELECT 1');
  const ended = pool.end();
  await pool.end().catch((error) => console.log(error.message));
  await pool.query('SELECT 2').catch((error) => console.log(error.message));
  await ended;
  console.log(pool.ending, pool.ended);
  await pool.connect().catch((error) => console.log(error.message));
}

main();
