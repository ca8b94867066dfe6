// A foreign key, from both of its ends.
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
  await show('INSERT INTO orders (user_id, total) VALUES (99, 1)');
  await show('DELETE FROM users WHERE id = 1');
  await client.end();
}

main();
