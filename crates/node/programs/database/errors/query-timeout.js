// query_timeout: the program gives up waiting. The server does not know, and works on.
const { Client } = require('pg');

async function main() {
  const client = new Client({ query_timeout: 50 });
  await client.connect();
  await client.query('SELECT pg_sleep(0.2)').catch((error) => console.log(error.code, error.message));
  await client.end();
  console.log('ended');
}

main();
