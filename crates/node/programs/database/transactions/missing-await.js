// The credit is not awaited. It goes to a client that the pool has already taken back, after COMMIT.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function credit(client) {
  await pause(300); // asks somebody for the fee
  await client.query('UPDATE accounts SET balance = balance + 30 WHERE id = 2');
  throw new Error('the fee service is down');
}

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = balance - 30 WHERE id = 1');
  credit(client).catch((error) => console.log('too late:', error.message)); // no await
  await client.query('COMMIT');
  client.release();
  console.log((await pool.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await pause(600);
  console.log((await pool.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await pool.end();
}

main();
