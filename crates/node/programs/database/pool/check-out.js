// A client that was checked out is nobody else's until it is released, and can be released once.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  console.log(pool.totalCount, pool.idleCount);
  console.log((await client.query('SELECT 1 AS one')).rows);
  client.release();
  console.log(pool.totalCount, pool.idleCount);
  try {
    client.release();
  } catch (error) {
    console.log(error.message);
  }
  const again = await pool.connect();
  console.log('the same one', again === client);
  again.release();
  await pool.end();
}

main();
