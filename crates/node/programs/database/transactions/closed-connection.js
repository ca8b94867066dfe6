// A connection that ends takes its transaction with it.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  await client.query('BEGIN');
  await client.query('UPDATE accounts SET balance = 0 WHERE id = 1');
  await client.end();
  const other = new Client();
  await other.connect();
  console.log((await other.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await other.end();
}

main();
