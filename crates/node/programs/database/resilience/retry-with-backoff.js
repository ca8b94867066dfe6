// A retry for errors that pass: another attempt after a pause that doubles. Anything else fails at once.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

const PASSING = new Set(['40001', '40P01', '55P03', '57P03']);

async function retry(work, attempts = 4) {
  for (let attempt = 1, wait = 200; ; attempt += 1, wait *= 2) {
    try {
      return await work(attempt);
    } catch (error) {
      console.log('attempt', attempt, error.code);
      if (!PASSING.has(error.code) || attempt === attempts) throw error;
      await pause(wait);
    }
  }
}

async function main() {
  const pool = new Pool();
  const holder = await pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM products WHERE id = 1 FOR UPDATE');
  setTimeout(() => holder.query('COMMIT').then(() => holder.release()), 500);
  const { rows } = await retry(() => pool.query('SELECT stock FROM products WHERE id = 1 FOR UPDATE NOWAIT'));
  console.log(rows);
  await retry(() => pool.query('SELECT nonsense')).catch((error) => console.log('gave up', error.code));
  await pool.end();
}

main();
