// A database that is not there: connect fails, with PostgreSQL's code.
const { Client } = require('pg');

async function main() {
  const client = new Client({ database: 'no_such_database' });
  try {
    await client.connect();
  } catch (error) {
    console.log(error.severity, error.code, error.message);
  }
}

main();
