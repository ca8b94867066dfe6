// Settings belong to a connection: another one has its own.
const { Client } = require('pg');

async function main() {
  const [one, other] = [new Client(), new Client()];
  await Promise.all([one.connect(), other.connect()]);
  await one.query("SET search_path = 'elsewhere'");
  await one.query("SET my.tenant = 'acme'");
  for (const client of [one, other]) {
    console.log((await client.query('SHOW search_path')).rows);
    console.log((await client.query("SELECT current_setting('my.tenant', true) AS tenant")).rows);
  }
  await Promise.all([one.end(), other.end()]);
}

main();
