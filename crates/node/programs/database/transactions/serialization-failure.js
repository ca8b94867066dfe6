// Two SERIALIZABLE transactions each read what the other one writes: the second to commit fails with 40001.
const { Client } = require('pg');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  for (const client of [one, other]) {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    console.log((await client.query('SELECT sum(balance)::int AS sum FROM accounts WHERE id < 3')).rows);
  }
  await one.query('UPDATE accounts SET balance = balance - 100 WHERE id = 1');
  await other.query('UPDATE accounts SET balance = balance - 100 WHERE id = 2');
  console.log((await one.query('COMMIT')).command);
  await other.query('COMMIT').catch((error) => console.log(error.code, error.message, error.hint));
  console.log((await other.query('SELECT sum(balance)::int AS sum FROM accounts')).rows);
  await Promise.all([one.end(), other.end()]);
}

main();
