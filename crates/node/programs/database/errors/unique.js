// A unique constraint: which one, and which key is there already.
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
  await show('INSERT INTO users (name, email) VALUES ($1, $2)', ['Other', 'ada@example.org']);
  await show("UPDATE users SET email = 'ada@example.org' WHERE id = 2");
  await client.end();
}

main();
