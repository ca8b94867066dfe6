// A key is asked for once; clear forgets it, prime knows it beforehand.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const names = new DataLoader(async (ids) => {
    console.log('query for', ids);
    const { rows } = await pool.query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
    return ids.map((id) => rows.find((row) => row.id === id)?.name);
  });
  console.log(await names.load(1), await names.load(1));
  await pool.query("UPDATE users SET name = 'Augusta' WHERE id = 1");
  console.log('stale', await names.load(1));
  console.log('fresh', await names.clear(1).load(1));
  names.prime(2, 'Rear Admiral Hopper').prime(1, 'ignored');
  console.log(await names.loadMany([1, 2]));
  names.clearAll();
  console.log(await names.load(2));
  await pool.end();
}

main();
