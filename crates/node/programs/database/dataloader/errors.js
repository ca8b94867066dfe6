// An Error among the values fails its key alone; an error of the query fails all keys, and is not remembered.
const DataLoader = require('dataloader');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const users = new DataLoader(async (ids) => {
    const { rows } = await pool.query('SELECT id, name FROM users WHERE id = ANY($1)', [ids]);
    return ids.map((id) => rows.find((row) => row.id === id)?.name ?? new Error(`no user ${id}`));
  });
  const results = await Promise.allSettled([users.load(1), users.load(9), users.load(2)]);
  console.log(results.map(({ value, reason }) => value ?? reason.message));
  console.log((await users.loadMany([3, 8])).map(String));

  let asked = 0;
  const broken = new DataLoader(async (ids) => {
    asked += 1;
    await pool.query('SELECT * FROM nowhere WHERE id = ANY($1)', [ids]);
  });
  for (let i = 0; i < 2; i += 1) {
    const both = await Promise.allSettled([broken.load(1), broken.load(2)]);
    console.log(both.map(({ reason }) => reason.code), asked);
  }
  await pool.end();
}

main();
