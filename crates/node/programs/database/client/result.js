// What a result says besides its rows.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const show = async (text, values) => {
    const { command, rowCount, rows, fields } = await client.query(text, values);
    console.log(command, rowCount, rows.length, fields.map((field) => field.name));
  };
  await show('SELECT id, name AS "who" FROM users');
  await show("INSERT INTO users (name) VALUES ('Joan'), ('Edsger')");
  await show('UPDATE users SET name = upper(name) WHERE id > $1 RETURNING id', [3]);
  await show('DELETE FROM users WHERE id = 99');
  await show('CREATE TABLE notes (id int)');
  await show('BEGIN');
  await show('COMMIT');
  await show('SELECT 1 WHERE false');
  await client.end();
}

main();
