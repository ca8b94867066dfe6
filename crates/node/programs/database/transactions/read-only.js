// A transaction that may only read.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  await client.query('BEGIN READ ONLY');
  console.log((await client.query('SELECT owner FROM accounts WHERE id = 1')).rows);
  await client.query('UPDATE accounts SET balance = 0').catch((error) => console.log(error.code, error.message));
  await client.query('ROLLBACK');
  await client.end();
}

main();
