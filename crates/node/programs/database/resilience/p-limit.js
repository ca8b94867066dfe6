// p-limit: no more than two at once, the rest in order behind them.
const pLimit = require('p-limit');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const limit = pLimit(2);
  let running = 0;
  let most = 0;
  const ask = async (id) => {
    most = Math.max(most, (running += 1));
    const { rows } = await pool.query('SELECT name, pg_sleep(0.01) FROM products WHERE id = $1', [id]);
    running -= 1;
    return rows[0].name;
  };
  const calls = [1, 2, 3, 1, 2, 3].map((id) => limit(ask, id));
  console.log(limit.activeCount, limit.pendingCount);
  await Promise.resolve();
  console.log(limit.activeCount, limit.pendingCount);
  console.log(await Promise.all(calls));
  console.log('most', most, 'connections', pool.totalCount);
  await pool.end();
}

main();
