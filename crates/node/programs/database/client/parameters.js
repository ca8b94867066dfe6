// Values travel beside the text: what looks like SQL in them is only text.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const evil = "x'; DROP TABLE users; --";
  const none = await client.query('SELECT * FROM users WHERE name = $1', [evil]);
  console.log(none.rowCount);
  const typed = await client.query('SELECT $1::int + $2::int AS sum, $3 || $4 AS text', [1, '2', 'a', 'b']);
  console.log(typed.rows[0]);
  const twice = await client.query('SELECT $1::text AS one, $1::text AS other', ['same']);
  console.log(twice.rows[0]);
  const any = await client.query('SELECT name FROM users WHERE id = ANY($1) ORDER BY id', [[1, 3]]);
  console.log(any.rows);
  console.log((await client.query('SELECT count(*)::int AS n FROM users')).rows);
  await client.end();
}

main();
