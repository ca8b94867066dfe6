// end() does not wait for the query that runs: the connection is cut, and the query fails.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const running = client.query('SELECT pg_sleep(0.2)').catch((error) => console.log(error.message));
  await client.end();
  await running;
  console.log('ended');
}

main();
