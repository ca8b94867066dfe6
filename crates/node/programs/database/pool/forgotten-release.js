// Clients that were never released are gone for the pool. With connectionTimeoutMillis one learns of it.
const { Pool } = require('pg');

async function handle(pool) {
  const client = await pool.connect();
  const { rows } = await client.query('SELECT value FROM counters WHERE name = $1', ['orders']);
  return rows[0].value; // and nobody calls client.release()
}

async function main() {
  const pool = new Pool({ max: 2, connectionTimeoutMillis: 500 });
  for (let request = 1; request <= 3; request += 1) {
    try {
      console.log(request, await handle(pool));
    } catch (error) {
      console.log(request, error.message);
    }
    console.log(pool.totalCount, pool.idleCount, pool.waitingCount);
  }
  process.exit();
}

main();
