// A loader for each request: one that is shared gives one user what another may see, and what was true long ago.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

const pool = new Pool();

function loaders() {
  return {
    ordersOf: new DataLoader(async (ids) => {
      const { rows } = await pool.query('SELECT user_id, item FROM orders WHERE user_id = ANY($1) ORDER BY id', [ids]);
      return ids.map((id) => rows.filter((row) => row.user_id === id).map((row) => row.item));
    }),
  };
}

async function handle({ ordersOf }) {
  const [one, two] = await Promise.all([ordersOf.load(1), ordersOf.load(2)]);
  return [...one, ...two].join(' ');
}

async function main() {
  const shared = loaders();
  console.log('shared', await handle(shared), '| own', await handle(loaders()));
  await pool.query("UPDATE orders SET item = 'wok' WHERE id = 3");
  console.log('shared', await handle(shared), '| own', await handle(loaders()));
  await pool.end();
}

main();
