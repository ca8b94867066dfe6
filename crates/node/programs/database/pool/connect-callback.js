// pool.connect with a callback gives the client and what releases it.
const { Pool } = require('pg');

const pool = new Pool();
pool.connect((error, client, release) => {
  console.log(error, typeof release);
  client.query('SELECT value FROM counters ORDER BY name', (error, result) => {
    release();
    console.log(error, result.rows);
    pool.end(() => console.log('ended'));
  });
});
