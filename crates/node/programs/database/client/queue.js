// One connection does one thing at a time: queries wait in the client's queue, in order.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const log = [];
  const ask = (name, text) => client.query(text).then(() => log.push(name), (error) => log.push(`${name} ${error.code}`));
  await Promise.all([
    ask('slow', 'SELECT pg_sleep(0.05)'),
    ask('wrong', 'SELECT * FROM nowhere'),
    ask('quick', 'SELECT 1'),
  ]);
  console.log(log);
  await client.end();
}

main();
