// statement_timeout: the server gives up, and the connection stays usable.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ statement_timeout: 50 });
  await pool.query('SELECT pg_sleep(5)').catch((error) => console.log(error.code, error.message));
  console.log((await pool.query('SHOW statement_timeout')).rows, pool.totalCount);
  await pool.end();
}

main();
