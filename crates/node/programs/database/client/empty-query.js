// A query of nothing succeeds, with nothing.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  for (const text of ['', '-- a comment', ' ;; ']) {
    const { command, rowCount, rows, fields } = await client.query(text);
    console.log(JSON.stringify(text), command, rowCount, rows, fields);
  }
  await client.end();
}

main();
