// What cannot be read: the position is where it stops making sense.
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
  await show('SELEC 1');
  await show('SELECT * FROM users WHERE');
  await show("SELECT 'open");
  await show('SELECT 1 FROM users, GROUP BY 1');
  await client.end();
}

main();
