// Too few and too many values for the placeholders.
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
  await show('SELECT $1::int, $2::int', [1]);
  await show('SELECT $1::int', [1, 2]);
  await show('SELECT 1', [1]);
  await client.end();
}

main();
