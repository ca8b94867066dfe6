// Optimistic locking by hand: an update that names what it has read changes no row if somebody was faster.
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const read = async () => (await pool.query('SELECT balance FROM accounts WHERE id = 1')).rows[0].balance;
  const write = async (balance, seen) =>
    (await pool.query('UPDATE accounts SET balance = $1 WHERE id = 1 AND balance = $2', [balance, seen])).rowCount;
  const [ada, grace] = [await read(), await read()];
  console.log(await write(ada + 10, ada), await write(grace + 20, grace));
  const again = await read();
  console.log(again, await write(again + 20, again), await read());
  await pool.end();
}

main();
