// SKIP LOCKED: each worker takes a job that nobody else has, and none waits.
const { Pool } = require('pg');

const TAKE = 'SELECT id, payload FROM jobs WHERE NOT done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED';

async function main() {
  const pool = new Pool();
  const workers = await Promise.all([1, 2, 3].map(() => pool.connect()));
  for (const [index, worker] of workers.entries()) {
    await worker.query('BEGIN');
    const { rows } = await worker.query(TAKE);
    console.log('worker', index + 1, rows[0].payload);
    await worker.query('UPDATE jobs SET done = true WHERE id = $1', [rows[0].id]);
  }
  // The second one crashes: its job is there again.
  for (const [index, worker] of workers.entries()) {
    await worker.query(index === 1 ? 'ROLLBACK' : 'COMMIT');
    worker.release();
  }
  console.log((await pool.query('SELECT payload FROM jobs WHERE NOT done ORDER BY id')).rows);
  await pool.end();
}

main();
