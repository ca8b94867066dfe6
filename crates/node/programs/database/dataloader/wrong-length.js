// A batch function that gives back what it found, and not one value for each key, is refused.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const users = new DataLoader(async (ids) => (await pool.query('SELECT * FROM users WHERE id = ANY($1)', [ids])).rows);
  await users.loadMany([1, 99]).then((found) => console.log(found.map((each) => each.message.split('\n')[0])));
  // As many rows as keys, and in another order: nobody notices.
  const descending = new DataLoader(
    async (ids) => (await pool.query('SELECT id, name FROM users WHERE id = ANY($1) ORDER BY id DESC', [ids])).rows,
  );
  console.log((await descending.load(1)).name, await descending.loadMany([2, 3]));
  await pool.end();
}

main();
