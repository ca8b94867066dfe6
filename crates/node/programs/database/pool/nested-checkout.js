// Who holds a connection and waits for another one can starve with all others of its kind: a deadlock in the pool.
const { Pool } = require('pg');

const pool = new Pool({ max: 2, connectionTimeoutMillis: 500 });

async function handle() {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
    // The second connection, while the first is held.
    const { rows } = await pool.query('SELECT value FROM counters WHERE name = $1', ['orders']);
    return `got ${rows[0].value}`;
  } catch (error) {
    return error.message;
  } finally {
    client.release();
  }
}

async function main() {
  // One gives up, and what it gives back saves the other.
  console.log((await Promise.all([handle(), handle()])).sort());
  console.log(await handle());
  await pool.end();
}

main();
