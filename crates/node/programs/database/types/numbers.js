// What a number is exact enough for becomes one; bigint and numeric stay strings.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query('SELECT id, small, big, exact, floating FROM samples ORDER BY id');
  for (const row of rows) console.log(row);
  const { rows: [sums] } = await client.query('SELECT count(*) AS n, sum(id) AS int_sum, sum(big) AS big_sum, avg(id) AS mean FROM samples');
  console.log(sums);
  const { rows: [odd] } = await client.query("SELECT 'NaN'::float8 AS nan, 'Infinity'::float8 AS inf, 1e300::float8 AS large, -0.0::float8 AS zero");
  console.log(odd);
  await client.end();
}

main();
