// A timestamp with time zone is a moment. One without becomes a Date in the zone of the program; a date, its midnight.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { rows: [row] } = await client.query('SELECT day, local, moment FROM samples WHERE id = 1');
  for (const [name, value] of Object.entries(row)) console.log(name, value instanceof Date, value.toISOString());
  const { rows: [text] } = await client.query('SELECT day::text, local::text, moment::text FROM samples WHERE id = 1');
  console.log(text);
  const date = new Date(Date.UTC(2020, 0, 2, 3, 4, 5, 6));
  const { rows: [back] } = await client.query('SELECT $1::timestamptz AS at, $1::text AS sent', [date]);
  console.log(back.at.getTime() === date.getTime(), back.sent);
  const { rows: [ends] } = await client.query("SELECT 'infinity'::timestamptz AS never, '2024-01-01'::date + 30 AS later");
  console.log(ends.never, ends.later.toISOString());
  await client.end();
}

main();
