// end() waits for clients that are still checked out.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  const ended = pool.end().then(() => console.log('ended'));
  console.log((await client.query('SELECT 1 AS one')).rows);
  console.log('still open', pool.ended);
  client.release();
  await ended;
}

main();
