// Settings for every new connection belong into onConnect: nobody gets the client before it is done.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ onConnect: (client) => client.query("SET my.service = 'shop'") });
  const ask = () => pool.query("SELECT current_setting('my.service') AS service").then(({ rows }) => rows[0].service);
  console.log(await Promise.all([ask(), ask()]), pool.totalCount);
  await pool.end();
}

main();
