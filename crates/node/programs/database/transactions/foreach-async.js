// forEach waits for nobody: COMMIT is queued before the updates that it should cover.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const client = await pool.connect();
  const log = [];
  const send = (text, values) => client.query(text, values).then(({ command }) => log.push(command));
  await send('BEGIN');
  [1, 2].forEach(async (id) => {
    const { rows } = await client.query('SELECT balance FROM accounts WHERE id = $1', [id]);
    await send('UPDATE accounts SET balance = $1 WHERE id = $2', [rows[0].balance + 1, id]);
  });
  await send('COMMIT');
  while (log.length < 4) await client.query('SELECT 1');
  console.log(log);
  client.release();
  await pool.end();
}

main();
