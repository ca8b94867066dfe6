// Outside of a transaction an error costs one statement, and the connection goes on.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  for (let i = 0; i < 3; i += 1) {
    await client.query('SELECT 1 / $1::int', [i]).then(
      ({ rowCount }) => console.log('row', rowCount),
      (error) => console.log(error.code),
    );
  }
  await client.end();
}

main();
