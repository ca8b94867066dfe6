// allowExitOnIdle: idle connections do not keep the process alive, so nobody has to call end.
const { Pool } = require('pg');

const pool = new Pool({ allowExitOnIdle: true });
pool.query('SELECT 1 AS one').then(({ rows }) => console.log(rows));
process.on('exit', (code) => console.log('exit', code));
