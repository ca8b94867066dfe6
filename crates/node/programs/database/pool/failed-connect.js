// A connection that cannot be opened is an error of the call that needed it, and takes no place in the pool.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ database: 'no_such_database', max: 1 });
  for (let i = 0; i < 2; i += 1) {
    await pool.query('SELECT 1').catch((error) => console.log(error.code, pool.totalCount, pool.waitingCount));
  }
  await pool.end();
  console.log('ended');
}

main();
