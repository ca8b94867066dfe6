// A parser for bigint: set once, for all; or ask for int.
const { Client, types } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const text = 'SELECT big FROM samples WHERE id = 1';
  console.log((await client.query(text)).rows);
  types.setTypeParser(types.builtins.INT8, Number);
  console.log((await client.query(text)).rows, 'one too few');
  types.setTypeParser(types.builtins.INT8, BigInt);
  console.log((await client.query(text)).rows);
  console.log((await client.query('SELECT count(*)::int AS n FROM samples')).rows);
  await client.end();
}

main();
