// The resolver of every order loads its user. Without a loader that is a query for each; with one it is one.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

const pool = new Pool();
let queries = 0;
const query = (text, values) => {
  queries += 1;
  return pool.query(text, values);
};

async function main() {
  const { rows: orders } = await query('SELECT id, user_id, item FROM orders ORDER BY id');
  const one = async (id) => (await query('SELECT name FROM users WHERE id = $1', [id])).rows[0];
  const named = await Promise.all(orders.map(async (order) => `${order.item} for ${(await one(order.user_id)).name}`));
  console.log(named, queries);

  queries = 1;
  const loader = new DataLoader(async (ids) => {
    const { rows } = await query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
    return ids.map((id) => rows.find((row) => row.id === id));
  });
  const again = await Promise.all(orders.map(async (order) => `${order.item} for ${(await loader.load(order.user_id)).name}`));
  console.log(again.join() === named.join(), queries);
  await pool.end();
}

main();
