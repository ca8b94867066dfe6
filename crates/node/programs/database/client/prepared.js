// A query with a name is parsed once on each connection.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const byId = (id) => ({ name: 'user-by-id', text: 'SELECT name FROM users WHERE id = $1', values: [id] });
  for (const id of [1, 2, 99]) console.log((await client.query(byId(id))).rows);
  const other = { name: 'user-by-id', text: 'SELECT email FROM users WHERE id = $1', values: [1] };
  await client.query(other).catch((error) => console.log(error.message));
  // It is the server that keeps it: SQL knows it by the same name.
  console.log((await client.query('EXECUTE "user-by-id"(3)')).rows);
  await client.end();
}

main();
