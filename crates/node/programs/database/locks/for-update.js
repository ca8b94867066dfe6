// FOR UPDATE: the second reader waits, and reads what the first one has written.
const { Client } = require('pg');

async function withdraw(client, name, amount) {
  await client.query('BEGIN');
  const { rows: [{ balance }] } = await client.query('SELECT balance FROM accounts WHERE id = 1 FOR UPDATE');
  console.log(name, 'reads', balance);
  await client.query('SELECT pg_sleep(0.3)');
  await client.query('UPDATE accounts SET balance = $1 WHERE id = 1', [balance - amount]);
  await client.query('COMMIT');
}

async function main() {
  const [one, other] = [new Client(), new Client()];
  await one.connect();
  await other.connect();
  const first = withdraw(one, 'one', 10);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await Promise.all([first, withdraw(other, 'other', 20)]);
  console.log((await one.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await Promise.all([one.end(), other.end()]);
}

main();
