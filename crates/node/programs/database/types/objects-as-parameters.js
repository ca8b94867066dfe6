// What pg makes of a parameter that is no plain value: toPostgres, or JSON.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const sent = async (value) => console.log((await client.query('SELECT $1::text AS sent', [value])).rows[0].sent);
  await sent(1.5);
  await sent(true);
  await sent({ a: [1, null, 'x'] });
  await sent([1, [2, 3], null, 'a b']);
  await sent(12345678901234567890n);
  await sent({ toPostgres: () => 'by itself' });
  await client.end();
}

main();
