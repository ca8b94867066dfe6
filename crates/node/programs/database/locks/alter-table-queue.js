// A reader, an ALTER TABLE that waits for it, and a reader who waits behind: locks have a queue.
const { Pool } = require('pg');
const { setTimeout: pause } = require('timers/promises');

async function main() {
  const pool = new Pool();
  const [report, migration, shop] = await Promise.all([1, 2, 3].map(() => pool.connect()));
  await report.query('BEGIN');
  await report.query('SELECT count(*) FROM jobs');
  let answered = 0;
  const count = (result) => ((answered += 1), result);
  const altered = migration.query('ALTER TABLE jobs ADD COLUMN priority int').then(count);
  await pause(50);
  const read = shop.query('SELECT * FROM jobs WHERE id = 1').then(count);
  await pause(50);
  console.log('answered while the report reads:', answered);
  await report.query('COMMIT');
  console.log((await altered).command, (await read).rows);
  for (const client of [report, migration, shop]) client.release();
  await pool.end();
}

main();
