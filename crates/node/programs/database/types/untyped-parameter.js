// A parameter has the type that its place gives it; where no place gives one, it is text.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const show = (text, values) =>
    client.query(text, values).then(({ rows }) => console.log(rows[0]), (error) => console.log(error.code, error.message));
  await show('SELECT $1 AS text', [1]);
  await show('SELECT 1 + $1 AS int', ['2']);
  await show('SELECT 1 + $1 AS int', ['two']);
  await show('SELECT 1 + $1 AS int', [1.5]);
  await show('SELECT id FROM samples WHERE id = $1', ['1']);
  await show('SELECT $1 + $2', [1, 2]);
  await show('SELECT $2::int AS second', [1, 2]);
  await show('SELECT $1::int AS one', []);
  await client.end();
}

main();
