// NOWAIT fails at once, lock_timeout after a while; both with 55P03.
const { Client } = require('pg');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  await one.query('BEGIN');
  await one.query('SELECT 1 FROM accounts WHERE id = 1 FOR UPDATE');
  await other.query('SELECT 1 FROM accounts WHERE id = 1 FOR UPDATE NOWAIT').catch((error) => console.log(error.code, error.message));
  await other.query("SET lock_timeout = '50ms'");
  await other.query('UPDATE accounts SET balance = 0 WHERE id = 1').catch((error) => console.log(error.code, error.message));
  console.log('a plain SELECT does not wait', (await other.query('SELECT balance FROM accounts WHERE id = 1')).rows);
  await one.query('ROLLBACK');
  console.log((await other.query('UPDATE accounts SET balance = 5 WHERE id = 1')).rowCount);
  await Promise.all([one.end(), other.end()]);
}

main();
