// One after the other, queries share one connection; at once, each opens one.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  for (let i = 0; i < 5; i += 1) await pool.query('SELECT 1');
  console.log('one after the other', pool.totalCount);
  await Promise.all(Array.from({ length: 5 }, () => pool.query('SELECT 1')));
  console.log('at once', pool.totalCount);
  await pool.end();
}

main();
