// After an error a transaction refuses everything with 25P02, and its COMMIT is a ROLLBACK that reports no error.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = 0 WHERE id = 1');
  await client.query('SELECT 1 / 0').catch((error) => console.log(error.code));
  await client.query('SELECT 1').catch((error) => console.log(error.code, error.message));
  const { command } = await client.query('COMMIT');
  console.log(command);
  console.log((await client.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await client.end();
}

main();
