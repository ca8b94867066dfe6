// A field knows its type by number, and the table and column that it comes from.
const { Client, types } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const { fields } = await client.query(
    'SELECT id, name, id + 1 AS next, count(*) AS n FROM users GROUP BY id, name LIMIT 1',
  );
  const names = Object.fromEntries(Object.entries(types.builtins).map(([name, oid]) => [oid, name]));
  for (const { name, dataTypeID, columnID, tableID } of fields) console.log(name, names[dataTypeID], columnID, tableID !== 0);
  await client.end();
}

main();
