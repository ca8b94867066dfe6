// Pages by cursor: what comes behind the last row, compared as a row. An insert in front moves nothing.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const page = (last) =>
    client.query(
      `SELECT name, id FROM users ${last ? 'WHERE (name, id) > ($2, $3)' : ''} ORDER BY name, id LIMIT $1`,
      last ? [2, last.name, last.id] : [2],
    );
  await client.query("INSERT INTO users (name) VALUES ('Grace'), ('Joan')");
  let last;
  for (let number = 1; ; number += 1) {
    const { rows } = await page(last);
    if (rows.length === 0) break;
    console.log('page', number, rows);
    last = rows.at(-1);
    if (number === 1) await client.query("INSERT INTO users (name) VALUES ('Aaron')");
  }
  await client.end();
}

main();
