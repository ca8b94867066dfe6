// Whoever waits for a connection when the pool ends, waits for ever: nothing keeps Node alive for it.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 1 });
  const client = await pool.connect();
  pool.query('SELECT 1').then(() => console.log('served'), (error) => console.log('refused', error.message));
  const ended = pool.end();
  client.release();
  await ended;
  console.log('ended', pool.waitingCount);
}

main();
process.on('exit', () => console.log('exit'));
