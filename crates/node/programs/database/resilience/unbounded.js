// Promise.all over everything: with a pool and a time limit, most of it fails. With a limit, nothing does.
const pLimit = require('p-limit');
const { Pool } = require('pg');

async function main() {
  const orders = Array.from({ length: 8 });
  const outcomes = async (calls) => {
    const settled = await Promise.allSettled(calls);
    return settled.filter(({ status }) => status === 'fulfilled').length;
  };
  const pool = new Pool({ max: 2, connectionTimeoutMillis: 400 });
  await Promise.all([pool.query('SELECT pg_sleep(0.01)'), pool.query('SELECT pg_sleep(0.01)')]);
  const unbounded = await outcomes(orders.map(() => pool.query('SELECT pg_sleep(0.25)')));
  console.log('unbounded', unbounded < orders.length ? 'some failed' : 'all served');
  const limit = pLimit(2);
  console.log('limited', await outcomes(orders.map(() => limit(() => pool.query('SELECT pg_sleep(0.25)')))), 'of', orders.length);
  await pool.end();
}

main();
