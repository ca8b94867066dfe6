// A loop that awaits each load leaves nothing to batch.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const batches = [];
  const users = new DataLoader(
    async (ids) => {
      batches.push(ids.length);
      const { rows } = await pool.query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
      return ids.map((id) => rows.find((row) => row.id === id));
    },
    { cache: false },
  );
  for (const id of [1, 2, 3]) await users.load(id);
  await Promise.all([1, 2, 3].map((id) => users.load(id)));
  // A load after another promise still makes it into the batch, since the loader waits for promises to settle.
  await Promise.all([users.load(1), Promise.resolve().then(() => users.load(2)), users.load(3)]);
  console.log(batches);
  await pool.end();
}

main();
