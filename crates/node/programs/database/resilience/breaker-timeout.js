// A breaker's timeout: the caller hears of it at once, while the query goes on and keeps its connection.
const CircuitBreaker = require('opossum');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool({ max: 1 });
  const breaker = new CircuitBreaker((seconds) => pool.query('SELECT pg_sleep($1)', [seconds]), { timeout: 50, volumeThreshold: 5 });
  await breaker.fire(0.3).catch((error) => console.log(error.code, error.message));
  console.log('idle', pool.idleCount, 'of', pool.totalCount);
  const waited = pool.query('SELECT 1 AS one');
  console.log('waiting', pool.waitingCount);
  console.log((await waited).rows);
  breaker.shutdown();
  await pool.end();
}

main();
