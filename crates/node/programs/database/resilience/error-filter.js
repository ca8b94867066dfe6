// What is the caller's own fault says nothing about the database: such errors do not open the breaker.
const CircuitBreaker = require('opossum');
const { Pool } = require('pg');

async function main() {
  const pool = new Pool();
  const callersFault = (error) => /^(22|23)/.test(error.code);
  const take = (id, amount) => pool.query('UPDATE products SET stock = stock - $2 WHERE id = $1', [id, amount]);
  const breaker = new CircuitBreaker(take, { volumeThreshold: 2, errorFilter: callersFault, timeout: 2000 });
  for (let i = 0; i < 4; i += 1) await breaker.fire(3, 1).catch((error) => console.log(error.code));
  console.log('opened', breaker.opened, 'failures', breaker.stats.failures);
  console.log((await breaker.fire(1, 1)).rowCount);
  breaker.shutdown();
  await pool.end();
}

main();
