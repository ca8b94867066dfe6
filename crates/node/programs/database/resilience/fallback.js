// A fallback answers instead: with what was known last, and it says so.
const CircuitBreaker = require('opossum');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const known = new Map();
  const stock = async (id, table = 'products') => {
    const { rows } = await pool.query(`SELECT stock FROM ${table} WHERE id = $1`, [id]);
    known.set(id, rows[0].stock);
    return { stock: rows[0].stock };
  };
  const breaker = new CircuitBreaker(stock, { volumeThreshold: 2, resetTimeout: 60000, timeout: 2000 });
  // It gets what the call got, and the error as the last argument.
  breaker.fallback((id, ...rest) => ({ stock: known.get(id) ?? 0, stale: true, because: rest.at(-1).code }));
  console.log(await breaker.fire(1));
  console.log(await breaker.fire(1, 'nowhere'));
  console.log(await breaker.fire(2, 'nowhere'));
  console.log(await breaker.fire(1), breaker.opened);
  const { fires, failures, rejects, fallbacks, successes } = breaker.stats;
  console.log({ fires, failures, rejects, fallbacks, successes });
  breaker.shutdown();
  await pool.end();
}

main();
