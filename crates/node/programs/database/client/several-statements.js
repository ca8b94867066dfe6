// A text of several statements, without parameters, gives an array of results, and is one transaction.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const results = await client.query("SELECT 1 AS one; INSERT INTO users (name) VALUES ('Kay'); SELECT count(*)::int AS n FROM users");
  console.log(results.map(({ command, rowCount, rows }) => [command, rowCount, rows]));
  const half = "INSERT INTO users (name) VALUES ('gone'); SELECT 1 / 0";
  await client.query(half).catch((error) => console.log(error.code, error.message));
  console.log((await client.query('SELECT count(*)::int AS n FROM users')).rows);
  await client.query('SELECT $1::int; SELECT 2', [1]).catch((error) => console.log(error.code, error.message));
  await client.end();
}

main();
