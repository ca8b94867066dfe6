// The same with a finally: an error gives the client back as well.
const { Pool } = require('pg');

async function handle(pool, text) {
  const client = await pool.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    client.release();
  }
}

async function main() {
  const pool = new Pool({ max: 1, connectionTimeoutMillis: 500 });
  for (const text of ['SELECT 1 AS n', 'SELECT nonsense', 'SELECT 2 AS n']) {
    await handle(pool, text).then(console.log, (error) => console.log(error.code));
  }
  console.log(pool.totalCount, pool.idleCount);
  await pool.end();
}

main();
