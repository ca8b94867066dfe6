// Names that are not there; position counts characters of the text, from 1.
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
  await show('SELECT nmae FROM users');
  await show('SELECT * FROM user_s');
  await show('SELECT nothing(1)');
  await show('SELECT u.name FROM users');
  await client.end();
}

main();
