// An update of a row that another transaction has changed waits until that one ends.
const { Client } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  await one.query('BEGIN');
  await one.query('UPDATE accounts SET balance = balance - 10 WHERE id = 1');
  const waiting = other.query('UPDATE accounts SET balance = balance - 20 WHERE id = 1').then(() => console.log('the other has it'));
  await pause(50);
  console.log('one commits');
  await one.query('COMMIT');
  await waiting;
  console.log((await one.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await Promise.all([one.end(), other.end()]);
}

main();
