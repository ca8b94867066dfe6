// Two may share a row; who wants to change it waits for both.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const pool = new Pool();
  const [one, other, writer] = await Promise.all([1, 2, 3].map(() => pool.connect()));
  for (const client of [one, other]) {
    await client.query('BEGIN');
    console.log((await client.query('SELECT balance FROM accounts WHERE id = 1 FOR SHARE')).rows);
  }
  let written = false;
  const update = writer.query('UPDATE accounts SET balance = 0 WHERE id = 1').then(() => (written = true));
  await one.query('COMMIT');
  await pause(100);
  console.log('after one commit:', written);
  await other.query('COMMIT');
  await update;
  console.log('after both:', written);
  for (const client of [one, other, writer]) client.release();
  await pool.end();
}

main();
