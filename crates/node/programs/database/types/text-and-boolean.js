// Text, padded text, booleans and NULL.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows } = await client.query('SELECT flag, words, short, fixed FROM samples ORDER BY id');
  for (const row of rows) console.log(row);
  const { rows: [made] } = await client.query('SELECT $1::boolean AS yes, $2::boolean AS no, $3::text AS umlaut', [true, 'off', 'ä€😀']);
  console.log(made);
  await client.query('INSERT INTO samples (id, short) VALUES (3, $1)', ['too long']).catch((error) => console.log(error.code, error.message));
  await client.end();
}

main();
