// The frame that every transaction needs, once: a client, BEGIN, the work, COMMIT or ROLLBACK, and the client back.
const { Pool } = require('pg');

async function withTransaction(pool, work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

async function transfer(client, source, target, amount) {
  await client.query('UPDATE accounts SET balance = balance + $1 WHERE id = $2', [amount, target]);
  await client.query('UPDATE accounts SET balance = balance - $1 WHERE id = $2', [amount, source]);
  await client.query('INSERT INTO transfers (source, target, amount) VALUES ($1, $2, $3)', [source, target, amount]);
}

async function main() {
  const pool = new Pool();
  for (const amount of [40, 80]) {
    await withTransaction(pool, (client) => transfer(client, 1, 3, amount)).then(
      () => console.log(amount, 'transferred'),
      (error) => console.log(amount, error.code, error.constraint),
    );
  }
  console.log((await pool.query('SELECT balance FROM accounts ORDER BY id')).rows);
  console.log((await pool.query('SELECT amount FROM transfers')).rows, pool.idleCount);
  await pool.end();
}

main();
