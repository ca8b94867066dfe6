// What a request sets on a pooled connection, the next request finds.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 1 });
  await pool.query("SET my.tenant = 'acme'");
  console.log((await pool.query("SELECT current_setting('my.tenant') AS tenant")).rows);
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query("SET LOCAL my.tenant = 'other'");
  console.log((await client.query("SELECT current_setting('my.tenant') AS tenant")).rows);
  await client.query('COMMIT');
  client.release();
  console.log((await pool.query("SELECT current_setting('my.tenant') AS tenant")).rows);
  await pool.end();
}

main();
