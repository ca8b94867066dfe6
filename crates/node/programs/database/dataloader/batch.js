// Loads of one tick become one query; the answers are in the order of the keys.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

const pool = new Pool();
const users = new DataLoader(async (ids) => {
  console.log('query for', ids);
  const { rows } = await pool.query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
});

async function main() {
  console.log(await Promise.all([users.load(3), users.load(1), users.load(99)]));
  console.log(await users.loadMany([2, 1]));
  await pool.end();
}

main();
