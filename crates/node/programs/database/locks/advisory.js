// An advisory lock is a number that means what the program says; it belongs to the session, or to the transaction.
const { Client } = require('pg');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  const attempt = async (client) => (await client.query('SELECT pg_try_advisory_lock(42) AS got')).rows[0].got;
  console.log(await attempt(one), await attempt(other));
  await one.query('SELECT pg_advisory_unlock(42)');
  console.log(await attempt(other));
  await other.query('SELECT pg_advisory_unlock(42)');
  await one.query('BEGIN');
  await one.query('SELECT pg_advisory_xact_lock(42)');
  console.log(await attempt(other));
  await one.query('COMMIT');
  console.log(await attempt(other));
  await Promise.all([one.end(), other.end()]);
}

main();
