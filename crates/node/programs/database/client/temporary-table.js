// A temporary table is one connection's own, and goes with it.
const { Client } = require('pg');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  await one.query('CREATE TEMPORARY TABLE basket (item text)');
  await one.query("INSERT INTO basket VALUES ('cup')");
  console.log((await one.query('SELECT * FROM basket')).rows);
  await other.query('SELECT * FROM basket').catch((error) => console.log(error.code, error.message));
  await Promise.all([one.end(), other.end()]);
}

main();
