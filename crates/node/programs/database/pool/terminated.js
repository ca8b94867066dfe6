// The server ends a connection that was idle for too long: the pool tells by an error event, drops it, and opens another.
const { Pool } = require('pg');
const { once } = require('events');

async function main() {
  const pool = new Pool();
  await pool.query("SET idle_session_timeout = '50ms'");
  const [error] = await once(pool, 'error');
  console.log(error.code, error.message, pool.totalCount);
  console.log((await pool.query('SELECT 1 AS one')).rows);
  await pool.end();
}

main();
