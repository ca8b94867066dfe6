// Read, compute, write, at once: every client reads the same value, and all but one increment is lost.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 5 });
  const clients = await Promise.all([1, 2, 3, 4, 5].map(() => pool.connect()));
  const read = await Promise.all(clients.map((client) => client.query("SELECT value FROM counters WHERE name = 'visits'")));
  await Promise.all(clients.map((client, i) =>
    client.query("UPDATE counters SET value = $1 WHERE name = 'visits'", [read[i].rows[0].value + 1])));
  clients.forEach((client) => client.release());
  console.log((await pool.query("SELECT value FROM counters WHERE name = 'visits'")).rows);
  await Promise.all([1, 2, 3, 4, 5].map(() => pool.query("UPDATE counters SET value = value + 1 WHERE name = 'visits'")));
  console.log((await pool.query("SELECT value FROM counters WHERE name = 'visits'")).rows);
  await pool.end();
}

main();
