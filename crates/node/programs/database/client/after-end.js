// After end() a client takes no more queries, and cannot be used again.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  await client.end();
  await client.query('SELECT 2').catch((error) => console.log(error.message));
  await client.connect().catch((error) => console.log(error.message));
  await client.end();
  console.log('ending twice is nothing');
}

main();
