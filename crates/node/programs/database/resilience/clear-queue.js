// clearQueue drops what has not begun: such calls never settle.
const pLimit = require('p-limit');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const limit = pLimit(1);
  const done = [];
  const ask = (id) => limit(() => pool.query('SELECT pg_sleep(0.02)').then(() => done.push(id)));
  const first = ask(1);
  ask(2);
  ask(3);
  await Promise.resolve();
  limit.clearQueue();
  await first;
  await limit(() => pool.query('SELECT 1'));
  console.log(done, limit.pendingCount);
  await pool.end();
}

main();
