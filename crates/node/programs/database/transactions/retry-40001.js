// The whole transaction is tried again after 40001, with what it reads anew.
const { Pool } = require('pg');

const pool = new Pool();
const RETRY = new Set(['40001', '40P01']);

async function serializable(work, attempts = 5) {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      const result = await work(client, attempt);
      await client.query('COMMIT');
      return { result, attempt };
    } catch (error) {
      await client.query('ROLLBACK');
      if (!RETRY.has(error.code) || attempt === attempts) throw error;
      console.log('again after', error.code);
    } finally {
      client.release();
    }
  }
}

async function main() {
  const { result, attempt } = await serializable(async (client, attempt) => {
    const { rows: [{ balance }] } = await client.query('SELECT balance FROM accounts WHERE id = 1');
    // Another one is faster, once.
    if (attempt === 1) await pool.query('UPDATE accounts SET balance = balance + 50 WHERE id = 1');
    await client.query('UPDATE accounts SET balance = $1 WHERE id = 1', [balance - 10]);
    return balance - 10;
  });
  console.log(result, 'at attempt', attempt);
  console.log((await pool.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await pool.end();
}

main();
