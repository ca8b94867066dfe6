// NULL is null; undefined is sent as NULL, too. And NULL = NULL is not true.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query('SELECT $1::int AS a, $2::text AS b', [null, undefined]);
  console.log(rows);
  const equal = await client.query('SELECT id FROM samples WHERE big = $1', [null]);
  const distinct = await client.query('SELECT id FROM samples WHERE big IS NOT DISTINCT FROM $1', [null]);
  console.log(equal.rows, distinct.rows);
  const { rows: [row] } = await client.query('SELECT * FROM samples WHERE id = 2');
  console.log(Object.values(row).filter((value) => value === null).length);
  await client.end();
}

main();
