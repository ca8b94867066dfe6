// ON CONFLICT instead of an error: nothing, or an update. rowCount tells which.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const nothing = 'INSERT INTO users (name, email) VALUES ($1, $2) ON CONFLICT (email) DO NOTHING RETURNING name';
  const update = 'INSERT INTO users (name, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name RETURNING name';
  for (const text of [nothing, update]) {
    const { command, rowCount, rows } = await client.query(text, ['Augusta', 'ada@example.org']);
    console.log(command, rowCount, rows);
  }
  await client.end();
}

main();
