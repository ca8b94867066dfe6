// maxBatchSize splits a batch; the parts are sent at once.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const sizes = [];
  const users = new DataLoader(
    async (ids) => {
      sizes.push(ids.length);
      const { rows } = await pool.query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    },
    { maxBatchSize: 2 },
  );
  const found = await users.loadMany([1, 2, 3, 4, 5]);
  console.log(sizes, found.map((row) => row && row.name), pool.totalCount);
  await pool.end();
}

main();
