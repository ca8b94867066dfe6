// A savepoint limits what an error costs: back to it, and on.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1');
  await client.query('SAVEPOINT before');
  await client.query('UPDATE accounts SET balance = -1 WHERE id = 2').catch((error) => console.log(error.code, error.constraint));
  await client.query('ROLLBACK TO SAVEPOINT before');
  await client.query('UPDATE accounts SET balance = balance + 2 WHERE id = 2');
  console.log((await client.query('COMMIT')).command);
  console.log((await client.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await client.end();
}

main();
