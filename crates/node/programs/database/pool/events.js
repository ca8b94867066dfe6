// connect: a new connection. acquire and release: it is taken and given back. remove: it is closed.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  for (const event of ['connect', 'acquire', 'remove']) pool.on(event, () => console.log(event));
  pool.on('release', (error) => console.log('release', error));
  await pool.query('SELECT 1');
  console.log('--');
  const client = await pool.connect();
  client.release();
  console.log('--');
  await pool.end();
}

main();
