// Notices and the end of the connection are events.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  client.on('end', () => console.log('event: end'));
  client.on('notice', (notice) => console.log('notice:', notice.severity, notice.code, notice.message));
  await client.connect();
  await client.query('DROP TABLE IF EXISTS nothing');
  await client.query('COMMIT');
  await client.query('CREATE TABLE IF NOT EXISTS users (id int)');
  await client.end();
  console.log('done');
}

main();
