// rowMode: 'array' keeps columns of the same name apart; as objects, the last one wins.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const text = 'SELECT 1 AS id, 2 AS id';
  console.log((await client.query(text)).rows);
  console.log((await client.query({ text, rowMode: 'array' })).rows);
  await client.end();
}

main();
