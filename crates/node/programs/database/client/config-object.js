// The three shapes of a call: text, text and values, an object.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  console.log((await client.query('SELECT 1 AS a')).rows);
  console.log((await client.query('SELECT $1::int AS a', [2])).rows);
  console.log((await client.query({ text: 'SELECT $1::int AS a', values: [3] })).rows);
  console.log((await client.query({ text: 'SELECT $1::int AS a' }, [4])).rows);
  const types = { getTypeParser: () => (text) => `<${text}>` };
  console.log((await client.query({ text: 'SELECT 5 AS a, true AS b', types })).rows);
  await client.end();
}

main();
