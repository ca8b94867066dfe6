// JSON kept in a text column: JSON.stringify and JSON.parse are the program's own.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const settings = { theme: 'dark', sizes: [1, 2], nested: { on: true, none: null } };
  await client.query('UPDATE samples SET words = $1 WHERE id = 1', [settings]);
  const { rows: [{ words }] } = await client.query('SELECT words FROM samples WHERE id = 1');
  console.log(typeof words, JSON.parse(words).nested);
  await client.end();
}

main();
