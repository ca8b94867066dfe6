// One connection: connect, ask, say goodbye.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const result = await client.query('SELECT id, name FROM users ORDER BY id');
  console.log(result.rows);
  await client.end();
  console.log('ended');
}

main();
