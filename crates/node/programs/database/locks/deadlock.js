// Each holds what the other wants. Who has waited for deadlock_timeout first finds the circle and fails with 40P01.
const { Client } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  for (const client of [one, other]) await client.query('BEGIN');
  await one.query('UPDATE accounts SET balance = balance - 1 WHERE id = 1');
  await other.query('UPDATE accounts SET balance = balance - 1 WHERE id = 2');
  const told = (name) => [
    ({ command, rowCount }) => console.log(name, command, rowCount),
    (error) => console.log(name, error.code, error.message),
  ];
  const first = one.query('UPDATE accounts SET balance = balance + 1 WHERE id = 2').then(...told('one'));
  await pause(100);
  const second = other.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1').then(...told('other'));
  await Promise.all([first, second]);
  console.log((await one.query('COMMIT')).command, (await other.query('COMMIT')).command);
  console.log((await one.query('SELECT balance FROM accounts ORDER BY id')).rows);
  await Promise.all([one.end(), other.end()]);
}

main();
