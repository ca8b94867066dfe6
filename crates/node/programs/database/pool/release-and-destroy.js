// release(true) closes the connection instead of keeping it: for one whose state nobody knows.
const { Pool } = require('pg');
const { once } = require('events');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  await client.query("SET my.mood = 'strange'");
  const removed = once(pool, 'remove');
  client.release(true);
  console.log(pool.totalCount, pool.idleCount);
  console.log('the same one', (await removed)[0] === client);
  const { rows } = await pool.query("SELECT current_setting('my.mood', true) AS mood");
  console.log(rows, pool.totalCount);
  await pool.end();
}

main();
