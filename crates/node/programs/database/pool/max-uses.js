// maxUses: a connection is closed after so many uses, and a new one is opened.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ maxUses: 2, max: 1 });
  let connections = 0;
  pool.on('connect', () => (connections += 1));
  for (let i = 1; i <= 5; i += 1) {
    await pool.query('SELECT 1');
    console.log(i, connections);
  }
  await pool.end();
}

main();
