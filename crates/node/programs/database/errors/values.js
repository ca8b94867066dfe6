// What cannot be computed, or is no value of its type.
const { Client } = require('pg');

async function main() {
  const client = new Client();
  await client.connect();
  const show = async (text, values) => {
    try {
      await client.query(text, values);
      console.log('no error');
    } catch (error) {
      const told = ['detail', 'hint', 'position', 'table', 'column', 'constraint'].filter((name) => error[name] !== undefined);
      console.log(error.severity, error.code, error.message, Object.fromEntries(told.map((name) => [name, error[name]])));
    }
  };
  await show('SELECT 1 / 0');
  await show("SELECT 'abc'::int");
  await show('SELECT 2147483647 + 1');
  await show('SELECT $1::int', ['12x']);
  await show("SELECT '2024-02-30'::date");
  await show('INSERT INTO orders (user_id, total) VALUES (1, 1234567.89)');
  await client.end();
}

main();
