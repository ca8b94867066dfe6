// PostgreSQL's arrays are JavaScript's, in both directions.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows: [row] } = await client.query('SELECT numbers, labels FROM samples WHERE id = 1');
  console.log(row);
  await client.query('UPDATE samples SET numbers = $1, labels = $2 WHERE id = 2', [[4, null], ['quote "', 'back\\slash', 'a,b', '{}']]);
  const { rows: [other] } = await client.query('SELECT numbers, labels, labels::text AS text FROM samples WHERE id = 2');
  console.log(other);
  const { rows: [made] } = await client.query('SELECT ARRAY[true, false] AS flags, ARRAY[1.5, 2] AS numerics, array_agg(id ORDER BY id) AS ids FROM samples');
  console.log(made);
  await client.end();
}

main();
