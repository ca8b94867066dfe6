// opossum: after enough failures the breaker opens and the database is left alone; then one attempt decides.
const CircuitBreaker = require('opossum');
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

const pool = new Pool();
let table = 'nowhere';
let asked = 0;

async function stock(id) {
  asked += 1;
  const { rows } = await pool.query(`SELECT stock FROM ${table} WHERE id = $1`, [id]);
  return rows[0].stock;
}

async function main() {
  const breaker = new CircuitBreaker(stock, { errorThresholdPercentage: 50, resetTimeout: 100, volumeThreshold: 3, timeout: 2000 });
  for (const event of ['open', 'halfOpen', 'close', 'reject']) breaker.on(event, () => console.log('event', event));
  const call = () => breaker.fire(1).then((value) => console.log('stock', value), (error) => console.log(error.code, error.message));
  for (let i = 0; i < 5; i += 1) await call();
  console.log('asked', asked, 'opened', breaker.opened);
  await pause(200);
  table = 'products';
  await call();
  console.log('asked', asked, 'closed', breaker.closed);
  breaker.shutdown();
  await pool.end();
}

main();
