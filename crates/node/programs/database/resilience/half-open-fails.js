// The attempt of a breaker that is half open fails: it is open again at once.
const CircuitBreaker = require('opossum');
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const pool = new Pool();
  const breaker = new CircuitBreaker((text) => pool.query(text), { resetTimeout: 100, volumeThreshold: 1, timeout: 2000 });
  for (const event of ['open', 'halfOpen', 'close']) breaker.on(event, () => console.log('event', event));
  const call = (text) => breaker.fire(text).then(({ rows }) => console.log(rows), (error) => console.log(error.code));
  await call('SELECT * FROM nowhere');
  await call('SELECT 1 AS one');
  await pause(200);
  await call('SELECT * FROM nowhere');
  await call('SELECT 1 AS one');
  await pause(200);
  await call('SELECT 1 AS one');
  breaker.shutdown();
  await pool.end();
}

main();
